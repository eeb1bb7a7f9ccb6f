namespace Affect;

/// <summary>Counts what several threads have done and reports it, never a smaller count after a greater one.</summary>
/// <param name="progress">Receives progress; may be null.</param>
/// <param name="task">What is being done.</param>
/// <param name="total">How much there is to do.</param>
/// <param name="unit">What is counted.</param>
public sealed class WorkCounter(IProgress<WorkProgress>? progress, string task, long total, string unit = "clips")
{
    private readonly Lock gate = new();
    private long done;

    /// <summary>Says that nothing is done yet: the first unit may take long.</summary>
    public void Begin() => Add(0);

    /// <summary>So much more is done.</summary>
    /// <param name="more">How many units.</param>
    public void Add(long more = 1)
    {
        lock (gate) progress?.Report(new WorkProgress(task, done += more, total, unit));
    }
}
