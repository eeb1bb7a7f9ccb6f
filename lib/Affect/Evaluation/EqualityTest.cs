using System.Globalization;
using Affect.Data;

namespace Affect.Evaluation;

/// <summary>Whether several sets of decisions on the same clips score alike: one test for all of them, without picking a best one first.</summary>
/// <remarks>
/// A permutation test (Good, <em>Permutation, Parametric and Bootstrap Tests of Hypotheses</em>, 2005, chapter 3). If it did not matter whose decisions they
/// are, each speaker's sets could be exchanged among themselves; the variance of the scores is compared with that under such exchanges. Whole speakers
/// are exchanged, since clips of one speaker resemble each other.
/// </remarks>
public sealed record EqualityTest
{
    /// <summary>Which score was compared.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The score of each set, in the order given.</summary>
    public required IReadOnlyList<double> Scores { get; init; }

    /// <summary>The share of exchanges whose scores vary at least as much as the real ones; at least 1 / (exchanges + 1).</summary>
    public required double PValue { get; init; }

    /// <summary>Compares sets of decisions.</summary>
    /// <param name="target">The true classes, one per clip.</param>
    /// <param name="decisions">At least two sets, each one class per clip.</param>
    /// <param name="speakers">Who speaks, one per clip.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="metric">Which score to compare.</param>
    /// <param name="exchanges">How many exchanges are drawn; at least 1.</param>
    /// <param name="seed">Seeds the draws.</param>
    /// <exception cref="ArgumentException">There are fewer than two sets, the lengths differ, or a class is out of range.</exception>
    public static EqualityTest Of(
        IReadOnlyList<int> target, IReadOnlyList<IReadOnlyList<int>> decisions, IReadOnlyList<string> speakers, int classes,
        Metric metric = Metric.Waf, int exchanges = 2000, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(speakers);
        Require.AtLeast(1, exchanges, nameof(exchanges));
        if (decisions.Count < 2) throw new ArgumentException($"decisions must hold at least two sets to compare, but holds {decisions.Count}.", nameof(decisions));
        if (speakers.Count != target.Count) throw new ArgumentException($"speakers must hold one per clip, {target.Count}, but holds {speakers.Count}.", nameof(speakers));
        // Ordinal order: the draws do not depend on the order of the clips.
        var numbers = speakers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((speaker, number) => (speaker, number)).ToDictionary(pair => pair.speaker, pair => pair.number, StringComparer.Ordinal);
        int[] speakerOf = [.. speakers.Select(speaker => numbers[speaker])];
        var counts = decisions.Select(set => ConfusionCounts.Of(target, set, classes, speakerOf, numbers.Count)).ToArray();

        var order = Enumerable.Range(0, numbers.Count).Select(_ => Enumerable.Range(0, decisions.Count).ToArray()).ToArray();
        var scores = ScoresOf(counts, order, classes, metric);
        var spread = Variance(scores);
        var random = new SeededRandom(seed, "equality test");
        var asWide = 0;
        for (var exchange = 0; exchange < exchanges; exchange++)
        {
            foreach (var one in order) random.Shuffle<int>(one);
            // Equal up to rounding counts as equal.
            if (Variance(ScoresOf(counts, order, classes, metric)) >= spread - 1e-15) asWide++;
        }
        return new EqualityTest { Metric = metric, Scores = scores, PValue = (asWide + 1.0) / (exchanges + 1) };
    }

    /// <summary>The test in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Metric is Metric.Waf or Metric.Uar ? Metric.ToString().ToUpperInvariant() : Metric.ToString())} from {Scores.Min():F3} to {Scores.Max():F3}, p = {PValue:0.####}");

    private static double[] ScoresOf(int[][][] counts, int[][] order, int classes, Metric metric)
    {
        var scores = new double[counts.Length];
        var sum = new int[classes * classes];
        for (var place = 0; place < scores.Length; place++)
        {
            Array.Clear(sum);
            for (var speaker = 0; speaker < order.Length; speaker++)
            {
                var own = counts[order[speaker][place]][speaker];
                for (var cell = 0; cell < sum.Length; cell++) sum[cell] += own[cell];
            }
            scores[place] = ConfusionCounts.Score(sum, classes, metric);
        }
        return scores;
    }

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }
}
