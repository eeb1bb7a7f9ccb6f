namespace Affect.Evaluation;

/// <summary>What class decisions are worth: the scores of the field, each defined here once.</summary>
/// <remarks>
/// As scikit-learn computes them: a class without support or without predictions has an F1 of 0. WAF (MER2024's metric, arXiv:2404.17113)
/// is <c>f1_score(average='weighted')</c>, macro F1 averages over <em>all</em> classes, UAR is <c>balanced_accuracy_score</c>, which leaves
/// out classes without support.
/// </remarks>
public sealed record Scores
{
    private Scores()
    {
    }

    /// <summary>How many decisions were scored.</summary>
    public required int Count { get; init; }

    /// <summary>The share of right decisions.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Σ (support / count) · F1 over the classes.</summary>
    public required double Waf { get; init; }

    /// <summary>The mean recall over the classes with support.</summary>
    public required double Uar { get; init; }

    /// <summary>The mean F1 over all classes.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>2 · right / (support + predicted), one per class; 0 where both are 0.</summary>
    public required IReadOnlyList<double> PerClassF1 { get; init; }

    /// <summary><c>[target][predicted]</c>, counts.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> Confusion { get; init; }

    /// <summary>Scores decisions.</summary>
    /// <param name="target">The true classes, 0 … <paramref name="classes"/> − 1.</param>
    /// <param name="predicted">The decisions, in the same order.</param>
    /// <param name="classes">How many classes there are; at least 1.</param>
    /// <exception cref="ArgumentException">The two differ in length, are empty, or hold a class outside the range.</exception>
    public static Scores Of(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target.Count == 0) throw new ArgumentException("target must hold at least one clip, but is empty.", nameof(target));
        var counts = ConfusionCounts.Of(target, predicted, classes);
        return new Scores
        {
            Count = target.Count,
            Accuracy = ConfusionCounts.Score(counts, classes, Metric.Accuracy),
            Waf = ConfusionCounts.Score(counts, classes, Metric.Waf),
            Uar = ConfusionCounts.Score(counts, classes, Metric.Uar),
            MacroF1 = ConfusionCounts.Score(counts, classes, Metric.MacroF1),
            PerClassF1 = [.. Enumerable.Range(0, classes).Select(c => ConfusionCounts.F1(counts, classes, c))],
            Confusion = [.. Enumerable.Range(0, classes).Select(row => counts.AsSpan(row * classes, classes).ToArray())],
        };
    }

    /// <summary>One of the scores.</summary>
    public double Value(Metric metric) => metric switch
    {
        Metric.Waf => Waf,
        Metric.Uar => Uar,
        Metric.Accuracy => Accuracy,
        Metric.MacroF1 => MacroF1,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "metric must be one of Metric's values."),
    };
}
