namespace Affect.Tensors;

/// <summary>
/// Keeps the numbers that TorchSharp hands to libtorch (<c>tensor * 0.5</c>) alive until the call is over. TorchSharp 0.107 passes a number as the
/// address of a native copy and lets go of the copy's owner before the call has begun: where a garbage collection of another thread comes in between,
/// the copy is freed under the call, which then reads whatever is there: an error, seldom another number. Measured: 7 of 3.7 million calls beside a
/// thread that collects all the time.
/// </summary>
/// <remarks>
/// The function that frees a number is led here by an instruction written over its first ones, and the number is freed two seconds later. On Linux on
/// x86-64 alone; where the system lets no code be changed, all stays as it is. For upstream: <c>GC.KeepAlive</c> after each call.
/// </remarks>
internal static unsafe partial class NumberLifetime
{
    private const string Function = "THSTorch_dispose_scalar";
    private const int PageSize = 4096;
    private const int Read = 1, Write = 2, Execute = 4; // PROT_*
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly ConcurrentQueue<(IntPtr Number, long Freed)> Kept = new();

    /// <summary>How many numbers wait to be freed.</summary>
    internal static int Waiting => Kept.Count;

    /// <summary>Whether numbers are kept alive on this system.</summary>
    internal static bool IsSupported => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Keeps the numbers of a library alive from here on.</summary>
    /// <param name="library">TorchSharp's native library, before its first use.</param>
    internal static void Guard(IntPtr library)
    {
        if (!IsSupported || !NativeLibrary.TryGetExport(library, Function, out var function)) return;
        var keep = (long)(IntPtr)(delegate* unmanaged<IntPtr, void>)&Keep;
        Span<byte> jump = [0x48, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xE0]; // mov rax, keep; jmp rax
        BitConverter.TryWriteBytes(jump[2..], keep);
        var page = function & -PageSize;
        var length = function + jump.Length - page;
        if (Protect(page, length, Read | Write) != 0) return;
        jump.CopyTo(new Span<byte>((void*)function, jump.Length));
        if (Protect(page, length, Read | Execute) != 0)
            throw new InvalidOperationException("The system let TorchSharp's code be changed, but not be run again.");
    }

    [UnmanagedCallersOnly]
    private static void Keep(IntPtr number)
    {
        var now = Environment.TickCount64;
        if (number != IntPtr.Zero) Kept.Enqueue((number, now));
        while (Kept.TryPeek(out var oldest) && now - oldest.Freed > Grace.TotalMilliseconds && Kept.TryDequeue(out oldest)) Delete(oldest.Number);
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(IntPtr address, nint length, int protection);

    // operator delete: whatever stands in for malloc, it is the one that made the number.
    [LibraryImport("libstdc++.so.6", EntryPoint = "_ZdlPv")]
    private static partial void Delete(IntPtr number);
}
