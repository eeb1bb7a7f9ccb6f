namespace Affect.Kernel.Zmq;

/// <summary>A ZeroMQ socket. Not safe for threads: one uses it at a time.</summary>
internal sealed unsafe class ZmqSocket : IDisposable
{
    private nint handle;

    internal ZmqSocket(nint context, int type)
    {
        handle = LibZmq.zmq_socket(context, type);
        if (handle == 0) throw ZmqException.Last("a socket could not be opened");
        Set(LibZmq.Linger, 1000);
    }

    internal nint Handle => handle;

    /// <summary>Where it is bound, with the port that a wildcard was given.</summary>
    internal string Endpoint
    {
        get
        {
            Span<byte> text = stackalloc byte[256];
            nuint length = 256;
            fixed (byte* start = text) Check(LibZmq.zmq_getsockopt(handle, LibZmq.LastEndpoint, start, &length), "the endpoint could not be read");
            return Encoding.UTF8.GetString(text[..((int)length - 1)]);
        }
    }

    internal ZmqSocket Bind(string endpoint) => Check(LibZmq.zmq_bind(handle, endpoint), $"{endpoint} could not be bound");

    internal ZmqSocket Connect(string endpoint) => Check(LibZmq.zmq_connect(handle, endpoint), $"{endpoint} could not be connected to");

    internal ZmqSocket Set(int option, int value) => Set(option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    internal ZmqSocket Set(int option, ReadOnlySpan<byte> value)
    {
        fixed (byte* start = value)
            return Check(LibZmq.zmq_setsockopt(handle, option, start, (nuint)value.Length), "a socket's option could not be set");
    }

    /// <summary>Sends one message of several frames.</summary>
    internal void Send(IReadOnlyList<byte[]> frames)
    {
        for (var i = 0; i < frames.Count; i++)
        {
            var flags = i < frames.Count - 1 ? LibZmq.SendMore : 0;
            fixed (byte* start = frames[i])
                while (LibZmq.zmq_send(handle, start, (nuint)frames[i].Length, flags) < 0)
                    ZmqException.ThrowUnlessInterrupted("a message could not be sent");
        }
    }

    /// <summary>The next message that is there already.</summary>
    internal bool TryReceive([NotNullWhen(true)] out List<byte[]>? frames)
    {
        frames = null;
        if (ReceiveFrame(LibZmq.DoNotWait) is not { } first) return false;
        frames = [first];
        // The frames of a message arrive together.
        while (HasMore()) frames.Add(ReceiveFrame(0)!);
        return true;
    }

    /// <summary>Waits for the next message.</summary>
    /// <returns>Its frames; null when none came in time.</returns>
    internal List<byte[]>? Receive(TimeSpan timeout)
    {
        var poll = new ZmqPoll([this]);
        poll.Wait(timeout);
        return poll.HasArrived(0) && TryReceive(out var frames) ? frames : null;
    }

    public void Dispose()
    {
        if (handle == 0) return;
        _ = LibZmq.zmq_close(handle);
        handle = 0;
    }

    private byte[]? ReceiveFrame(int flags)
    {
        LibZmq.Frame frame;
        _ = LibZmq.zmq_msg_init(&frame);
        try
        {
            while (LibZmq.zmq_msg_recv(&frame, handle, flags) < 0)
            {
                if (LibZmq.zmq_errno() == LibZmq.Again) return null;
                ZmqException.ThrowUnlessInterrupted("a message could not be received");
            }
            return new ReadOnlySpan<byte>(LibZmq.zmq_msg_data(&frame), (int)LibZmq.zmq_msg_size(&frame)).ToArray();
        }
        finally
        {
            _ = LibZmq.zmq_msg_close(&frame);
        }
    }

    private bool HasMore()
    {
        var more = 0;
        nuint length = sizeof(int);
        Check(LibZmq.zmq_getsockopt(handle, LibZmq.ReceiveMore, &more, &length), "a socket's state could not be read");
        return more != 0;
    }

    private ZmqSocket Check(int result, string call) => result < 0 ? throw ZmqException.Last(call) : this;
}
