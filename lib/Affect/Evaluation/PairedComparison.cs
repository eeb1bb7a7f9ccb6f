using System.Globalization;

namespace Affect.Evaluation;

/// <summary>Two sets of decisions on the same clips, compared on the same resamples of speakers.</summary>
public sealed record PairedComparison
{
    /// <summary>What was compared.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The first one's score.</summary>
    public required Interval First { get; init; }

    /// <summary>The second one's score.</summary>
    public required Interval Second { get; init; }

    /// <summary>First − second, with the interval of the difference.</summary>
    public required Interval Difference { get; init; }

    /// <summary>
    /// The share of resamples on the far side of zero, doubled, at most 1 and at least 2 / (resamples + 1): small where the sign of the
    /// difference does not depend on which speakers happened to be recorded.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>Whether the interval of the difference leaves zero out: only then may a text say "better" or "worse".</summary>
    public bool IsDistinguishable => Difference.Low > 0 || Difference.High < 0;

    /// <summary>What the first does beside the second, in words, to go on a sentence: <c>helps</c>, <c>hurts</c>, or <c>makes no difference that can be told</c>.</summary>
    public string Verdict => Difference.Low > 0 ? "helps" : Difference.High < 0 ? "hurts" : "makes no difference that can be told";

    /// <summary>Compares two sets of decisions.</summary>
    /// <param name="target">The true classes, one per clip of <paramref name="bootstrap"/>.</param>
    /// <param name="first">The first one's decisions.</param>
    /// <param name="second">The second one's decisions.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="bootstrap">The draws of speakers.</param>
    /// <param name="metric">Which score to compare.</param>
    /// <exception cref="ArgumentException">The lengths differ from the number of clips, or a class is out of range.</exception>
    public static PairedComparison Of(
        IReadOnlyList<int> target, IReadOnlyList<int> first, IReadOnlyList<int> second, int classes, SpeakerBootstrap bootstrap, Metric metric = Metric.Waf)
    {
        ArgumentNullException.ThrowIfNull(bootstrap);
        var ones = bootstrap.Resample(target, first, classes, metric);
        var others = bootstrap.Resample(target, second, classes, metric);
        var differences = new double[ones.Length];
        int above = 0, below = 0;
        for (var resample = 0; resample < ones.Length; resample++)
        {
            differences[resample] = ones[resample] - others[resample];
            if (differences[resample] >= 0) above++;
            if (differences[resample] <= 0) below++;
        }
        var one = Scores.Of(target, first, classes).Value(metric);
        var other = Scores.Of(target, second, classes).Value(metric);
        return new PairedComparison
        {
            Metric = metric,
            First = bootstrap.Around(one, ones),
            Second = bootstrap.Around(other, others),
            Difference = bootstrap.Around(one - other, differences),
            PValue = Math.Min(1, 2.0 * (Math.Min(above, below) + 1) / (ones.Length + 1)),
        };
    }

    private string MetricName => Metric switch { Metric.Waf => "WAF", Metric.Uar => "UAR", Metric.MacroF1 => "Macro-F1", _ => "Accuracy" };

    /// <summary>The difference in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{MetricName} {First.Value:F3} against {Second.Value:F3}: difference {Difference}{(IsDistinguishable ? "" : ", not distinguishable from none")}");
}
