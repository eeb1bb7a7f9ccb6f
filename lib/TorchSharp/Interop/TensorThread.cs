namespace TorchSharp.Interop;

/// <summary>What a thread keeps: its innermost scope, its counts, and native owners that can serve again.</summary>
internal sealed class TensorThread
{
    private const int MostIdleOwners = 4096;

    [ThreadStatic]
    private static TensorThread? current;

    private NativeOwner? idle;
    private int idleCount;

    private TensorThread() => Counts = Statistics.Tensors;

    internal static TensorThread Current => current ?? Create();

    internal ThreadDisposeScopeStatistics Statistics { get; } = new();

    internal LifetimeStatistics Counts { get; }

    internal DisposeScope? Scope { get; set; }

    /// <summary>An owner for a native reference. Making a finalizable object is slow, so one that was disposed of serves again.</summary>
    internal NativeOwner Own(nint pointer)
    {
        var owner = idle;
        if (owner is null) return new NativeOwner { Pointer = pointer };
        idle = owner.Next;
        idleCount--;
        owner.Next = null;
        owner.Pointer = pointer;
        return owner;
    }

    /// <summary>Keeps an owner, whose reference has been released, for the next <see cref="Own"/>.</summary>
    internal void Keep(NativeOwner owner)
    {
        owner.Lighten();
        if (idleCount >= MostIdleOwners)
        {
            GC.SuppressFinalize(owner);
            return;
        }
        owner.Next = idle;
        idle = owner;
        idleCount++;
    }

    private static TensorThread Create() => current = new TensorThread();
}
