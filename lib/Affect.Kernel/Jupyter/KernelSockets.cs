namespace Affect.Kernel.Jupyter;

/// <summary>The five sockets of a kernel. One thread owns them all; it never runs anybody else's code, so that the heartbeat beats while a cell computes.</summary>
internal sealed class KernelSockets : IDisposable
{
    private const string WakeEndpoint = "inproc://wake";

    private readonly WireSession wire;
    private readonly ZmqContext context = new();
    private readonly ZmqSocket[] sockets;
    private readonly ZmqSocket heartbeat;
    private readonly ZmqSocket awakened;
    private readonly ZmqSocket wake;
    private readonly Lock gate = new();
    private Thread? thread;
    private List<(Channel Channel, IReadOnlyList<byte[]> Frames)> outgoing = [];
    private bool isClosing;

    /// <summary>Binds the sockets; what comes waits for <see cref="Start"/>.</summary>
    /// <exception cref="IOException">A port is taken.</exception>
    /// <exception cref="DllNotFoundException">libzmq is not installed.</exception>
    internal KernelSockets(ConnectionFile connection, WireSession wire)
    {
        this.wire = wire;
        try
        {
            awakened = context.Open(LibZmq.Pair).Bind(WakeEndpoint);
            wake = context.Open(LibZmq.Pair).Connect(WakeEndpoint);
            sockets =
            [
                Router().Bind(connection.Endpoint(connection.ShellPort)),
                Router().Bind(connection.Endpoint(connection.ControlPort)),
                context.Open(LibZmq.XPub).Set(LibZmq.XPubVerbose, 1).Set(LibZmq.SendHighWaterMark, 0).Bind(connection.Endpoint(connection.IopubPort)),
                Router().Bind(connection.Endpoint(connection.StdinPort)),
            ];
            heartbeat = context.Open(LibZmq.Rep).Bind(connection.Endpoint(connection.HeartbeatPort));
        }
        catch
        {
            context.Dispose();
            throw;
        }
        Bound = connection with
        {
            ShellPort = Port(sockets[(int)Channel.Shell]),
            ControlPort = Port(sockets[(int)Channel.Control]),
            IopubPort = Port(sockets[(int)Channel.Iopub]),
            StdinPort = Port(sockets[(int)Channel.Stdin]),
            HeartbeatPort = Port(heartbeat),
        };

        // A client that comes back under its old identity takes its place; nothing is dropped while a cell computes.
        ZmqSocket Router() => context.Open(LibZmq.Router).Set(LibZmq.RouterHandover, 1).Set(LibZmq.SendHighWaterMark, 0).Set(LibZmq.ReceiveHighWaterMark, 0);
    }

    /// <summary>Where they are bound, free ports filled in.</summary>
    internal ConnectionFile Bound { get; }

    /// <summary>Begins to receive.</summary>
    /// <param name="received">Called on the sockets' own thread for every genuine message: it must not block.</param>
    internal void Start(Action<Channel, Message> received)
    {
        thread = new Thread(() => Work(received)) { IsBackground = true, Name = "sockets" };
        thread.UnsafeStart();
    }

    /// <summary>Sends a message, after all that were given before. From any thread.</summary>
    internal void Send(Channel channel, Message message)
    {
        var frames = wire.Pack(message);
        lock (gate)
        {
            if (isClosing) return;
            outgoing.Add((channel, frames));
            if (outgoing.Count == 1) wake.Send([[]]);
        }
    }

    /// <summary>Sends what is still to be sent and closes the sockets.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isClosing) return;
            isClosing = true;
            wake.Send([[]]);
        }
        thread?.Join();
        context.Dispose();
    }

    private void Work(Action<Channel, Message> received)
    {
        var poll = new ZmqPoll([awakened, heartbeat, .. sockets]);
        while (true)
        {
            poll.Wait(Timeout.InfiniteTimeSpan);
            if (poll.HasArrived(0) && !SendOutgoing()) return;
            if (poll.HasArrived(1) && heartbeat.TryReceive(out var beat)) heartbeat.Send(beat);
            foreach (var channel in Enum.GetValues<Channel>())
                if (poll.HasArrived(2 + (int)channel)) Receive(channel, received);
        }
    }

    private bool SendOutgoing()
    {
        awakened.TryReceive(out _);
        List<(Channel, IReadOnlyList<byte[]>)> taken;
        bool isLast;
        lock (gate) (taken, outgoing, isLast) = (outgoing, [], isClosing);
        foreach (var (channel, frames) in taken) sockets[(int)channel].Send(frames);
        return !isLast;
    }

    private void Receive(Channel channel, Action<Channel, Message> received)
    {
        while (sockets[(int)channel].TryReceive(out var frames))
        {
            if (channel == Channel.Iopub) Welcome(frames[0]);
            else if (wire.Unpack(frames) is { } message) received(channel, message);
        }
    }

    // Since protocol 5.4 who subscribes is told that nothing will be missed from now on.
    private void Welcome(byte[] subscription)
    {
        if (subscription is not [1, .. var topic]) return;
        var welcome = wire.New("iopub_welcome", new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) }, parent: null);
        sockets[(int)Channel.Iopub].Send(wire.Pack(welcome with { Identities = [topic] }));
    }

    private static int Port(ZmqSocket socket) =>
        int.TryParse(socket.Endpoint[(socket.Endpoint.LastIndexOfAny([':', '-']) + 1)..], CultureInfo.InvariantCulture, out var port) ? port : 0;
}
