namespace Affect.Kernel.Zmq;

/// <summary>The functions of libzmq that the kernel calls; the API of libzmq 4.</summary>
internal static unsafe partial class LibZmq
{
    internal const int Pair = 0;
    internal const int Sub = 2;
    internal const int Rep = 4;
    internal const int Dealer = 5;
    internal const int Router = 6;
    internal const int XPub = 9;
    internal const int Req = 3;

    internal const int RoutingId = 5;
    internal const int Subscribe = 6;
    internal const int ReceiveMore = 13;
    internal const int Linger = 17;
    internal const int SendHighWaterMark = 23;
    internal const int ReceiveHighWaterMark = 24;
    internal const int LastEndpoint = 32;
    internal const int XPubVerbose = 40;
    internal const int RouterHandover = 56;

    internal const int DoNotWait = 1;
    internal const int SendMore = 2;
    internal const short PollIn = 1;

    internal const int Interrupted = 4;
    internal const int Again = 11;

    private const string Library = "zmq";

    private static readonly string[] Files =
        ["libzmq.so.5", "libzmq.5.dylib", "libzmq.so", "libzmq.dylib", "libzmq.dll", "/opt/homebrew/lib/libzmq.dylib", "/usr/local/lib/libzmq.dylib"];

    static LibZmq() => NativeLibrary.SetDllImportResolver(typeof(LibZmq).Assembly, Resolve);

    [LibraryImport(Library)]
    internal static partial nint zmq_ctx_new();

    [LibraryImport(Library)]
    internal static partial int zmq_ctx_term(nint context);

    [LibraryImport(Library)]
    internal static partial nint zmq_socket(nint context, int type);

    [LibraryImport(Library)]
    internal static partial int zmq_close(nint socket);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int zmq_bind(nint socket, string endpoint);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int zmq_connect(nint socket, string endpoint);

    [LibraryImport(Library)]
    internal static partial int zmq_setsockopt(nint socket, int option, void* value, nuint length);

    [LibraryImport(Library)]
    internal static partial int zmq_getsockopt(nint socket, int option, void* value, nuint* length);

    [LibraryImport(Library)]
    internal static partial int zmq_send(nint socket, byte* buffer, nuint length, int flags);

    [LibraryImport(Library)]
    internal static partial int zmq_msg_init(Frame* frame);

    [LibraryImport(Library)]
    internal static partial int zmq_msg_recv(Frame* frame, nint socket, int flags);

    [LibraryImport(Library)]
    internal static partial void* zmq_msg_data(Frame* frame);

    [LibraryImport(Library)]
    internal static partial nuint zmq_msg_size(Frame* frame);

    [LibraryImport(Library)]
    internal static partial int zmq_msg_close(Frame* frame);

    [LibraryImport(Library)]
    internal static partial int zmq_poll(void* items, int count, nint milliseconds);

    [LibraryImport(Library)]
    internal static partial int zmq_errno();

    [LibraryImport(Library)]
    internal static partial nint zmq_strerror(int code);

    /// <summary>zmq_msg_t: 64 bytes, aligned as a pointer.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    internal struct Frame
    {
        internal nint First;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        foreach (var file in Files)
            if (NativeLibrary.TryLoad(file, assembly, null, out var handle)) return handle;
        throw new DllNotFoundException(
            "The kernel talks to Jupyter through libzmq, which was not found. Install it: 'apt-get install libzmq5' on Debian and Ubuntu, 'brew install zeromq' on macOS, "
            + "'choco install zeromq' on Windows. Running notebooks without Jupyter (lab notebooks run) needs none.");
    }
}
