namespace Affect.Kernel.Tests.Jupyter;

/// <summary>A kernel and a client of it, over real sockets.</summary>
internal sealed class KernelClient : IDisposable
{
    internal const string Key = "the key of this test";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ZmqContext context = new();
    private readonly Dictionary<Channel, ZmqSocket> sockets = [];
    private readonly ZmqSocket heartbeat;
    private readonly List<Message> published = [];

    public KernelClient(SessionOptions? options = null)
    {
        Kernel = new KernelHost(new ConnectionFile { Key = Key }, options ?? new SessionOptions());
        var at = Kernel.Connection;
        Open(Channel.Iopub, LibZmq.Sub, at.IopubPort).Set(LibZmq.Subscribe, []);
        // From the welcome on nothing is missed.
        Welcome = NextPublished(message => message.Type == "iopub_welcome");
        Open(Channel.Shell, LibZmq.Dealer, at.ShellPort);
        Open(Channel.Control, LibZmq.Dealer, at.ControlPort);
        Open(Channel.Stdin, LibZmq.Dealer, at.StdinPort);
        heartbeat = context.Open(LibZmq.Req).Connect(at.Endpoint(at.HeartbeatPort));

        ZmqSocket Open(Channel channel, int type, int port)
        {
            var socket = context.Open(type);
            // The kernel asks on stdin whom it knows from shell.
            if (type == LibZmq.Dealer) socket.Set(LibZmq.RoutingId, "client"u8);
            return sockets[channel] = socket.Connect(at.Endpoint(port));
        }
    }

    public KernelHost Kernel { get; }

    public WireSession Wire { get; } = new(Key);

    public Message Welcome { get; }

    /// <summary>What is sent to the kernel; the answer is awaited with <see cref="Reply"/>.</summary>
    public Message Send(string type, JsonObject? content = null, Channel channel = Channel.Shell)
    {
        var message = Wire.New(type, content ?? [], parent: null);
        SendFrames(Wire.Pack(message), channel);
        return message;
    }

    public void SendFrames(IReadOnlyList<byte[]> frames, Channel channel = Channel.Shell) => sockets[channel].Send(frames);

    public Message SendCell(string code, bool stopOnError = true, bool allowStdin = false, bool silent = false, bool storeHistory = true, JsonObject? expressions = null) =>
        Send("execute_request", new JsonObject
        {
            ["code"] = code,
            ["silent"] = silent,
            ["store_history"] = storeHistory,
            ["user_expressions"] = expressions ?? [],
            ["allow_stdin"] = allowStdin,
            ["stop_on_error"] = stopOnError,
        });

    /// <summary>The next message on a channel.</summary>
    public Message Receive(Channel channel) =>
        Wire.Unpack(sockets[channel].Receive(Patience) ?? throw new TimeoutException($"Nothing came on {channel} within {Patience.TotalSeconds} s.")) ?? throw new InvalidOperationException("A message was not signed as it should be.");

    /// <summary>Whether nothing comes on a channel for a while.</summary>
    public bool IsQuiet(Channel channel) => sockets[channel].Receive(TimeSpan.FromMilliseconds(300)) is null;

    /// <summary>The reply to a request, and all that was published about it from busy to idle.</summary>
    public Exchange Reply(Message request, Channel channel = Channel.Shell)
    {
        var reply = Receive(channel);
        Assert.Equal(Id(request), ParentId(reply));
        bool EndsIt(Message message) => IsIdle(message) && ParentId(message) == Id(request);
        // It may have come already, while the end of another request was waited for: channels have no common order.
        if (!published.Any(EndsIt)) _ = NextPublished(EndsIt);
        var about = published.Where(message => ParentId(message) == Id(request)).ToArray();
        published.RemoveAll(message => ParentId(message) == Id(request));
        return new Exchange(reply, about);
    }

    public Exchange Ask(string type, JsonObject? content = null, Channel channel = Channel.Shell) => Reply(Send(type, content, channel), channel);

    public Exchange Run(string code, bool stopOnError = true, bool allowStdin = false, bool silent = false, bool storeHistory = true, JsonObject? expressions = null) =>
        Reply(SendCell(code, stopOnError, allowStdin, silent, storeHistory, expressions));

    /// <summary>What has been received already about a request that has no reply.</summary>
    public IReadOnlyList<Message> PublishedAbout(Message request) => [.. published.Where(message => ParentId(message) == Id(request))];

    /// <summary>Waits until a running cell has printed something.</summary>
    public void WaitForStream(string text) => _ = NextPublished(message => message.Type == "stream" && message.Text("text").Contains(text, StringComparison.Ordinal));

    /// <summary>Sends bytes to the heartbeat and takes what comes back.</summary>
    public byte[]? Beat(byte[] bytes)
    {
        heartbeat.Send([bytes]);
        return heartbeat.Receive(Patience)?[0];
    }

    public void Dispose()
    {
        foreach (var socket in sockets.Values.Append(heartbeat)) socket.Set(LibZmq.Linger, 0);
        context.Dispose();
        Kernel.Dispose();
    }

    private Message NextPublished(Func<Message, bool> isWanted)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            if (sockets[Channel.Iopub].Receive(Patience) is not { } frames) break;
            var message = Wire.Unpack(frames)!;
            published.Add(message);
            if (isWanted(message)) return message;
        }
        throw new TimeoutException($"Published was only {string.Join(", ", published.Select(message => message.Type))}.");
    }

    private static bool IsIdle(Message message) => message.Type == "status" && message.Text("execution_state") == "idle";

    private static string Id(Message message) => message.Header["msg_id"]!.ToString();

    private static string ParentId(Message message) => message.Parent["msg_id"]?.ToString() ?? "";
}
