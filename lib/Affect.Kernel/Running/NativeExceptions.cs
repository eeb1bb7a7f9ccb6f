namespace Affect.Kernel.Running;

/// <summary>
/// C++ exceptions that a library lets pass out of a function that .NET has called: by default they end the process, and the notebook with it.
/// TorchSharp 0.107 does so where two tensors' shapes do not fit in <c>matmul</c>, and in a few more functions.
/// </summary>
/// <remarks>
/// C++ then calls its terminate handler, on the thread that threw and before anything of its stack is taken down. From there is no way back into
/// the call, so the thread waits for good in the handler, with what it holds (tensors, locks); its cell ends with the error, without its catch and
/// finally, and the next one has another thread. The same becomes of an exception of .NET that would leave a function which native code has called.
/// On Linux alone, where C++ programs share libstdc++. Layouts: Itanium C++ ABI, sections 2.9 (type information) and 2.5 (virtual tables).
/// </remarks>
internal static unsafe partial class NativeExceptions
{
    private const string Runtime = "libstdc++.so.6";
    private const int DoCatch = 4; // the place of __do_catch among type_info's virtual functions, in libstdc++
    private const int What = 2; // the place of what() among std::exception's
    private const string TraceMark = "\nException raised from "; // libtorch adds its own stack to its message
    private static int isSet;
    private static IntPtr standardException;

    /// <summary>From now on they end the cell instead; once more does nothing.</summary>
    internal static void Survive()
    {
        if (!OperatingSystem.IsLinux() || Interlocked.Exchange(ref isSet, 1) != 0) return;
        if (!NativeLibrary.TryLoad(Runtime, out var library)) return; // a system without it, as Alpine: there they end the process
        // An exception of the cell's own that would pass through native code, from a function that it calls back: nobody can catch it there either.
        AppDomain.CurrentDomain.UnhandledException += static (_, unhandled) =>
        {
            if (unhandled.ExceptionObject is Exception error && CellThread.EndHere(error)) StayHere();
        };
        standardException = NativeLibrary.GetExport(library, "_ZTISt9exception");
        SetTerminate(&Terminate);
    }

    /// <summary>A message without the native stack that libtorch puts below it.</summary>
    internal static string WithoutTrace(string message)
    {
        var end = message.IndexOf(TraceMark, StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Terminate()
    {
        try
        {
            End();
        }
        catch (Exception failure) // nothing may leave a handler
        {
            Environment.FailFast("A C++ exception could not be told.", failure);
        }
        StayHere();
    }

    // Nobody waits for such a thread at the end either.
    private static void StayHere()
    {
        Thread.CurrentThread.IsBackground = true;
        while (true)
        {
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                // A late request to stop: there is nothing left to stop.
            }
        }
    }

    private static void End()
    {
        var error = new NativeException(Message(), new StackTrace(1, fNeedFileInfo: true));
        if (CellThread.EndHere(error)) return;
        if (!CellInterrupt.IsInCell) Environment.FailFast($"A native library threw: {error.Message}");
        Console.Error.WriteLine($"A thread that the cell has started met an error of a native library and will not end: {error.Message}");
        CellInterrupt.RaiseHere(); // whoever waits for it would wait for good
    }

    // What is being thrown: the message of a std::exception, the type's name of anything else.
    private static string Message()
    {
        var type = CurrentExceptionType();
        if (type == IntPtr.Zero) return "a native library ended without an exception";
        var name = Text(((IntPtr*)type)[1]);
        // The exception comes back as a structure in memory, which is passed by a register of its own elsewhere.
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64) return $"an exception of the C++ type '{name}'";
        IntPtr thrown = default;
        CurrentException(&thrown);
        var isStandard = (delegate* unmanaged<IntPtr, IntPtr, IntPtr*, uint, byte>)(*(IntPtr**)standardException)[DoCatch];
        if (thrown == IntPtr.Zero || isStandard(standardException, type, &thrown, 1) == 0) return $"an exception of the C++ type '{name}'";
        return WithoutTrace(Text(((delegate* unmanaged<IntPtr, IntPtr>)(*(IntPtr**)thrown)[What])(thrown)));
    }

    private static string Text(IntPtr text) => Marshal.PtrToStringUTF8(text) ?? "";

    [LibraryImport(Runtime, EntryPoint = "_ZSt13set_terminatePFvvE")]
    private static partial IntPtr SetTerminate(delegate* unmanaged[Cdecl]<void> handler);

    [LibraryImport(Runtime, EntryPoint = "__cxa_current_exception_type")]
    private static partial IntPtr CurrentExceptionType();

    [LibraryImport(Runtime, EntryPoint = "_ZSt17current_exceptionv")]
    private static partial IntPtr CurrentException(IntPtr* result);
}
