namespace TorchSharp.Interop;

/// <summary>
/// Owns one reference to a native tensor. Only its <see cref="torch.Tensor"/> refers to it, so it becomes unreachable together with a tensor
/// that nobody disposed, and the finalizer releases what is left.
/// </summary>
internal sealed class NativeOwner
{
    // Below this a tensor weighs little against its wrapper.
    private const long LeastWeight = 1 << 20;

    private static long live;
    private static long peak;

    private long weight;

    ~NativeOwner()
    {
        var pointer = Interlocked.Exchange(ref Pointer, 0);
        if (pointer == 0) return;
        Native.tc_release(pointer);
        Lighten();
        CountReleased();
    }

    internal static long Live => Interlocked.Read(ref live);

    internal static long Peak => Interlocked.Read(ref peak);

    internal nint Pointer;

    /// <summary>The next idle owner of the thread.</summary>
    internal NativeOwner? Next;

    /// <summary>
    /// Tells the collector what a large tensor outside every scope weighs: it alone will free it, and it sees only the wrapper.
    /// </summary>
    internal void Weigh()
    {
        var bytes = Native.tc_bytes(Pointer);
        if (bytes < LeastWeight) return;
        weight = bytes;
        GC.AddMemoryPressure(bytes);
    }

    /// <summary>The reference is gone, and its weight with it.</summary>
    internal void Lighten()
    {
        if (weight == 0) return;
        GC.RemoveMemoryPressure(weight);
        weight = 0;
    }

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
