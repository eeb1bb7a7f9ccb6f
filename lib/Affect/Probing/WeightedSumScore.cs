namespace Affect.Probing;

/// <summary>What a learned weighted sum of all layers scores.</summary>
public sealed record WeightedSumScore : HeldOutScore
{
    /// <summary>The layers' weights, averaged over the folds; they sum to 1.</summary>
    public required IReadOnlyList<double> Weights { get; init; }

    /// <summary>The layers' weights fold by fold, <c>[fold][layer]</c>.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> FoldWeights { get; init; }
}
