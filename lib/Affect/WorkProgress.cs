namespace Affect;

/// <summary>How far a long piece of work has come; reported through <see cref="IProgress{T}"/>.</summary>
/// <param name="Task">What is being done, as in <c>Encoding nemo</c>.</param>
/// <param name="Done">How many units are done.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Unit">What is counted, as in <c>clips</c>.</param>
/// <param name="Resumed">How many of those done were there before this run; they do not count towards the rate.</param>
public readonly record struct WorkProgress(string Task, long Done, long Total, string Unit = "clips", long Resumed = 0)
{
    /// <summary>What else there is to say about the pace, as in <c>31 s of sound/s</c>; null when nothing is.</summary>
    public string? Detail { get; init; }
}
