namespace Affect.Probing;

/// <summary>What one layer's probe scores on clips of speakers that it has not heard.</summary>
public sealed record LayerScore : HeldOutScore
{
    /// <summary>The layer, 0 … N; 0 is the input of the first block.</summary>
    public required int Layer { get; init; }

    /// <summary>Plain mean F1 over all held-out clips.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>F1 of each class over all held-out clips.</summary>
    public required IReadOnlyList<double> PerClassF1 { get; init; }

    /// <summary>Mean negative log-probability of the true class over all held-out clips, in nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>The scores of every C on its own.</summary>
    public required IReadOnlyList<PenaltyScore> Penalties { get; init; }

    /// <summary>One of the scores that has an interval.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The score has none.</exception>
    public Interval Value(Metric metric) => metric switch
    {
        Metric.Waf => Waf,
        Metric.Uar => Uar,
        Metric.Accuracy => Accuracy,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "metric must be Waf, Uar or Accuracy."),
    };

    /// <summary>The mean of one score over the folds, as the range chooser uses it.</summary>
    public double FoldMean(Metric metric) => Folds.Average(fold => FoldValue(fold, metric));

    internal static double FoldValue(FoldScore fold, Metric metric) => metric switch
    {
        Metric.Waf => fold.Waf,
        Metric.Uar => fold.Uar,
        Metric.Accuracy => fold.Accuracy,
        Metric.MacroF1 => fold.MacroF1,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "metric must be one of Metric's values."),
    };
}
