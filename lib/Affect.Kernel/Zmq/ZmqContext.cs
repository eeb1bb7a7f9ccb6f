namespace Affect.Kernel.Zmq;

/// <summary>libzmq's own threads and the sockets that they serve.</summary>
internal sealed class ZmqContext : SafeHandleZeroOrMinusOneIsInvalid
{
    internal ZmqContext() : base(ownsHandle: true) => SetHandle(LibZmq.zmq_ctx_new());

    /// <summary>A new socket; used by one thread at a time.</summary>
    /// <param name="type">One of libzmq's types, as <see cref="LibZmq.Router"/>.</param>
    internal ZmqSocket Open(int type) => new(this, type);

    /// <summary>The socket's native handle.</summary>
    internal nint NewSocket(int type) => LibZmq.zmq_socket(handle, type);

    // Waits until the sockets, all closed by then, have sent what they had to send, or lingered long enough.
    protected override bool ReleaseHandle() => LibZmq.zmq_ctx_term(handle) == 0;
}
