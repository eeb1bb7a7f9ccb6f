namespace Affect.Kernel.Zmq;

/// <summary>libzmq's own threads and the sockets that they serve.</summary>
internal sealed class ZmqContext : IDisposable
{
    private nint handle = LibZmq.zmq_ctx_new();
    private readonly List<ZmqSocket> sockets = [];

    /// <summary>A new socket of one of libzmq's types, as <see cref="LibZmq.Router"/>; used by one thread at a time.</summary>
    internal ZmqSocket Open(int type)
    {
        var socket = new ZmqSocket(handle, type);
        sockets.Add(socket);
        return socket;
    }

    /// <summary>Closes the sockets and waits until they have sent what they had to send, or lingered long enough.</summary>
    public void Dispose()
    {
        if (handle == 0) return;
        sockets.ForEach(socket => socket.Dispose());
        _ = LibZmq.zmq_ctx_term(handle);
        handle = 0;
    }
}
