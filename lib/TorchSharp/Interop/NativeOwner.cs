namespace TorchSharp.Interop;

/// <summary>
/// Owns one reference to a native tensor. Only its <see cref="torch.Tensor"/> refers to it, so it becomes unreachable together with a tensor
/// that nobody disposed, and the finalizer releases what is left.
/// </summary>
internal sealed class NativeOwner
{
    private static long live;
    private static long peak;

    ~NativeOwner()
    {
        var pointer = Interlocked.Exchange(ref Pointer, 0);
        if (pointer == 0) return;
        Native.tc_release(pointer);
        CountReleased();
    }

    internal static long Live => Interlocked.Read(ref live);

    internal static long Peak => Interlocked.Read(ref peak);

    internal nint Pointer;

    /// <summary>The next idle owner of the thread.</summary>
    internal NativeOwner? Next;

    internal static void CountAdopted()
    {
        var now = Interlocked.Increment(ref live);
        if (now > Volatile.Read(ref peak)) RaisePeak(now);
    }

    internal static void CountReleased() => Interlocked.Decrement(ref live);

    private static void RaisePeak(long now)
    {
        var seen = Volatile.Read(ref peak);
        while (now > seen)
        {
            var before = Interlocked.CompareExchange(ref peak, now, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
