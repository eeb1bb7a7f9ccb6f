namespace Affect.Tests.Pretraining.Hubert;

/// <summary>Progress that is told where it happens, not later on another thread.</summary>
internal sealed class ImmediateProgress(Action<WorkProgress> told) : IProgress<WorkProgress>
{
    public void Report(WorkProgress value) => told(value);
}
