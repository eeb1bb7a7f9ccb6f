namespace Affect.Probing;

/// <summary>What a learned weighted sum of all layers scores.</summary>
public sealed record WeightedSumScore
{
    /// <summary>The layers' weights, averaged over the folds; they sum to 1.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The layers' weights fold by fold, <c>[fold][layer]</c>.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> FoldWeights { get; init; }

    /// <summary>Weighted F1 over all held-out clips, with the interval by speakers.</summary>
    public required Interval Waf { get; init; }

    /// <summary>Mean recall over all held-out clips, with the interval by speakers.</summary>
    public required Interval Uar { get; init; }

    /// <summary>Share of right decisions over all held-out clips, with the interval by speakers.</summary>
    public required Interval Accuracy { get; init; }

    /// <summary>The scores fold by fold, each with the C that its training part chose.</summary>
    public required IReadOnlyList<FoldScore> Folds { get; init; }

    /// <summary>The decision on each clip, in the order of <see cref="LayerCurve.ClipIds"/>.</summary>
    public required IReadOnlyList<int> Predicted { get; init; }
}
