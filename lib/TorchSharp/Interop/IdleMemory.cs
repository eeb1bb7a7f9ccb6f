namespace TorchSharp.Interop;

/// <summary>Gives memory that the caching allocator has not used for a while back to the system.</summary>
internal static class IdleMemory
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static Timer? timer;

    internal static void StartReturning() =>
        timer ??= new Timer(static _ => Native.tc_trim_allocator((long)Idle.TotalMilliseconds), state: null, Idle, Idle / 2);
}
