namespace Affect.Kernel.Running;

/// <summary>One cell's work on the <see cref="CellThread"/>, and what became of it.</summary>
[SuppressMessage("Design", "CA1001", Justification = "No wait handle or timer of it is ever made, so there is nothing to release.")]
internal sealed class CellJob(Func<Task> work)
{
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Func<Task> Work => work;

    /// <summary>How it is asked to stop.</summary>
    internal CellInterrupt Interrupt { get; } = new();

    /// <summary>Cancelled to abort it where it stands.</summary>
    internal CancellationTokenSource Abort { get; } = new();

    internal Task Done => done.Task;

    /// <summary>Why it was asked to stop; null when it was not.</summary>
    internal CellStatus? Stopped { get; set; }

    /// <summary>Whether it was aborted where it stood, whatever it held.</summary>
    internal bool IsAborted { get; set; }

    /// <summary>Whether nothing could stop it.</summary>
    internal bool IsLost { get; set; }

    internal Exception? Error { get; set; }

    internal void Finish() => done.SetResult();
}
