using System.Diagnostics.CodeAnalysis;

namespace Affect.Kernel.Scripting;

/// <summary>One cell's work on the <see cref="CellThread"/>, and what became of it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "No wait handle or timer of it is ever made, so there is nothing to release.")]
internal sealed class CellJob(Func<Task<object?>> work)
{
    private readonly CancellationTokenSource abort = new();
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int isAborting;

    internal Func<Task<object?>> Work => work;

    internal Task Done => done.Task;

    internal CancellationToken AbortToken => abort.Token;

    /// <summary>Why it was asked to stop; null when it was not.</summary>
    internal CellStatus? Stopped { get; set; }

    /// <summary>Whether the thread was aborted, which may have left locks held.</summary>
    internal bool IsAborted => Volatile.Read(ref isAborting) != 0;

    /// <summary>Whether nothing could stop it.</summary>
    internal bool IsLost { get; set; }

    internal object? Value { get; set; }

    internal Exception? Error { get; set; }

    /// <summary>Aborts the thread; cancelling waits until the abort has landed, hence in a task.</summary>
    internal void Abort()
    {
        if (Interlocked.Exchange(ref isAborting, 1) == 0) _ = Task.Run(abort.Cancel);
    }

    internal void Finish() => done.SetResult();
}
