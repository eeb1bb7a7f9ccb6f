namespace Affect.Kernel.Zmq;

/// <summary>libzmq refused a call.</summary>
internal sealed class ZmqException(string call, int code) : IOException($"{call}: {Marshal.PtrToStringUTF8(LibZmq.zmq_strerror(code))}.")
{
    internal static ZmqException Last(string call) => new(call, LibZmq.zmq_errno());

    /// <summary>The last call is to be made again if a signal came between; otherwise it has failed.</summary>
    internal static void ThrowUnlessInterrupted(string call)
    {
        if (LibZmq.zmq_errno() != LibZmq.Interrupted) throw Last(call);
    }
}
