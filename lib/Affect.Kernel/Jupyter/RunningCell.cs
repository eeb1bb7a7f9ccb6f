namespace Affect.Kernel.Jupyter;

/// <summary>The cell that runs right now, for those who want it to stop.</summary>
[SuppressMessage("Design", "CA1001", Justification = "No wait handle or timer of it is ever made, so there is nothing to release.")]
internal sealed class RunningCell
{
    private readonly Lock gate = new();
    private CancellationTokenSource? source;

    /// <summary>A cell begins.</summary>
    /// <returns>Cancelled when it is to stop.</returns>
    internal CancellationToken Begin()
    {
        lock (gate) return (source = new CancellationTokenSource()).Token;
    }

    /// <summary>The cell has ended.</summary>
    internal void End()
    {
        lock (gate) source = null;
    }

    /// <summary>Asks the running cell to stop; nothing where none runs.</summary>
    internal void Interrupt()
    {
        lock (gate) source?.Cancel();
    }
}
