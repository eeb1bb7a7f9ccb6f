namespace Affect.Evaluation;

/// <summary>One variant of an experiment and what it scores.</summary>
public sealed record AblationRow
{
    /// <summary>What was varied, as in <c>without the upper layers</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The score over all held-out clips, with its interval.</summary>
    public required Interval Score { get; init; }

    /// <summary>The score minus that of what it is compared with, on the same clips; null for that one itself.</summary>
    public Interval? Difference { get; init; }

    /// <summary>How many comparisons the difference was corrected for (<see cref="ComparisonFamily"/>); 1: for none.</summary>
    public int Family { get; init; } = 1;

    /// <summary>The first of two that were compared: its score, and its difference from the second.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="comparison">The two on the same clips.</param>
    public static AblationRow Of(string name, PairedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return new AblationRow { Name = name, Score = comparison.First, Difference = comparison.Difference, Family = comparison.Family };
    }
}
