namespace Affect.Tests;

/// <summary>Progress that is told where it happens, not later on another thread.</summary>
internal sealed class ImmediateProgress(Action<WorkProgress> told) : IProgress<WorkProgress>
{
    public void Report(WorkProgress value) => told(value);

    /// <summary>Cancels once so many steps are done.</summary>
    internal static ImmediateProgress Cancelling(CancellationTokenSource stop, int step) => new(progress =>
    {
        if (progress.Unit == "steps" && progress.Done == step) stop.Cancel();
    });
}
