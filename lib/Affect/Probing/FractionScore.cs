namespace Affect.Probing;

/// <summary>What a probe that learned from a share of the labels decides on clips of speakers it has not seen.</summary>
public sealed record FractionScore
{
    /// <summary>The share of the labels.</summary>
    public required double Fraction { get; init; }

    /// <summary>How many labels that is, on average over folds.</summary>
    public required double Labels { get; init; }

    /// <summary>Weighted F1 over all held-out clips of all seeds, with the interval by speakers and seeds.</summary>
    public required Interval Waf { get; init; }

    /// <summary>Weighted F1 seed by seed.</summary>
    public required IReadOnlyList<double> WafBySeed { get; init; }

    /// <summary>The decisions, all clips of the first seed, then all of the second …</summary>
    public required IReadOnlyList<int> Predicted { get; init; }
}
