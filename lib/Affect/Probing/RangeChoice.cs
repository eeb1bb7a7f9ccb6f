namespace Affect.Probing;

/// <summary>The best run of neighbouring layers, and whether it is better than the other layers at all.</summary>
public sealed record RangeChoice
{
    /// <summary>The run of layers with the highest mean; of equal ones the lowest.</summary>
    public required LayerRange Range { get; init; }

    /// <summary>The score that was averaged.</summary>
    public required Metric Criterion { get; init; }

    /// <summary>The mean over the run's layers and the folds.</summary>
    public required double Inside { get; init; }

    /// <summary>The mean over the other layers and the folds.</summary>
    public required double Outside { get; init; }

    /// <summary>
    /// What remains of inside − outside when each fold is scored on the run that the <em>other</em> folds choose: mean over the folds, and
    /// its 95 % interval by Student's t. Choosing the highest run makes inside − outside look good on noise too; this does not.
    /// </summary>
    public required Interval Lead { get; init; }

    /// <summary>Whether the curve is too flat to choose by: the interval of <see cref="Lead"/> holds zero.</summary>
    public bool IsFlat => !(Lead.Low > 0);

    /// <summary>The choice in one or two sentences.</summary>
    public required string Sentence { get; init; }

    /// <summary>The sentence.</summary>
    public override string ToString() => Sentence;
}
