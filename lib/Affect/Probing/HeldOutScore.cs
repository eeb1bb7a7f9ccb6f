namespace Affect.Probing;

/// <summary>What probes score on clips of speakers that they have not heard.</summary>
public abstract record HeldOutScore
{
    /// <summary>Weighted F1 over all held-out clips, with the interval by speakers.</summary>
    public required Interval Waf { get; init; }

    /// <summary>Mean recall over all held-out clips, with the interval by speakers.</summary>
    public required Interval Uar { get; init; }

    /// <summary>Share of right decisions over all held-out clips, with the interval by speakers.</summary>
    public required Interval Accuracy { get; init; }

    /// <summary>The scores fold by fold, each with the C that its training part chose.</summary>
    public required IReadOnlyList<FoldScore> Folds { get; init; }

    /// <summary>The decision on each clip, made by the fold that held it out; in the order of <see cref="LayerCurve.ClipIds"/>.</summary>
    public required IReadOnlyList<int> Predicted { get; init; }
}
