namespace Affect.Evaluation;

/// <summary>What somebody scores who knows how frequent each class is and nothing else.</summary>
/// <remarks>
/// Two such guessers are known in closed form. The first always says the most frequent class (share p): accuracy p, WAF p · 2p / (1 + p).
/// The second draws each class as often as it occurs (shares pᵢ): precision, recall and F1 of class i are pᵢ in expectation, so accuracy and
/// WAF are both Σ pᵢ². Neither has a UAR above 1 / (number of classes that occur). The chance level of a score is the better of the two.
/// </remarks>
public sealed record ChanceLevel
{
    /// <summary>Chance level of the weighted F1.</summary>
    public required double Waf { get; init; }

    /// <summary>Chance level of the mean recall.</summary>
    public required double Uar { get; init; }

    /// <summary>Chance level of the share of right decisions.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Chance level of the plain mean F1.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>The chance level for given true classes.</summary>
    /// <param name="target">The true classes, 0 … <paramref name="classes"/> − 1; at least one.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <exception cref="ArgumentException">There is no clip, or a class is out of range.</exception>
    public static ChanceLevel Of(IReadOnlyList<int> target, int classes)
    {
        var scores = Scores.Of(target, target, classes);
        var shares = scores.Confusion.Select((row, c) => (double)row[c] / scores.Count).ToArray();
        var most = shares.Max();
        var squares = shares.Sum(share => share * share);
        return new ChanceLevel
        {
            Waf = Math.Max(most * 2 * most / (1 + most), squares),
            Uar = 1.0 / shares.Count(share => share > 0),
            Accuracy = most, // Σ pᵢ² ≤ max pᵢ
            MacroF1 = 1.0 / classes, // Σ pᵢ / classes; one class alone reaches at most 1 / classes too
        };
    }

    /// <summary>The chance level of one score.</summary>
    public double Value(Metric metric) => metric switch
    {
        Metric.Waf => Waf,
        Metric.Uar => Uar,
        Metric.Accuracy => Accuracy,
        Metric.MacroF1 => MacroF1,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "metric must be one of Metric's values."),
    };
}
