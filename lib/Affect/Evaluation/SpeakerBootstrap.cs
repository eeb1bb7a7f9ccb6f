using Affect.Data;

namespace Affect.Evaluation;

/// <summary>
/// Intervals by resampling <em>speakers</em> with replacement: clips of one speaker resemble each other, so resampling clips would promise
/// more than the data hold. One object holds one set of draws; whatever is scored with it is scored on the same draws and so compares in
/// pairs.
/// </summary>
/// <remarks>
/// Percentile intervals (Efron and Tibshirani, <em>An Introduction to the Bootstrap</em>, 1993, chapter 13). With fewer than about ten
/// speakers they are rather too narrow; with one speaker they have no width at all.
/// </remarks>
public sealed class SpeakerBootstrap
{
    private readonly int[] speakerOf;
    private readonly int[][] draws;
    private readonly double level;

    /// <summary>Draws the speakers.</summary>
    /// <param name="speakers">Who speaks, one per clip; at least one clip.</param>
    /// <param name="config">How many draws, and from which seed; null takes the defaults.</param>
    /// <exception cref="ArgumentException">There is no clip.</exception>
    public SpeakerBootstrap(IReadOnlyList<string> speakers, BootstrapConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(speakers);
        if (speakers.Count == 0) throw new ArgumentException("speakers must hold at least one clip's, but is empty.", nameof(speakers));
        config ??= new BootstrapConfig();
        // Ordinal order: the draws do not depend on the order of the clips.
        var numbers = speakers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((speaker, number) => (speaker, number)).ToDictionary(pair => pair.speaker, pair => pair.number, StringComparer.Ordinal);
        speakerOf = [.. speakers.Select(speaker => numbers[speaker])];
        Speakers = numbers.Count;
        level = config.Level;
        var random = new SeededRandom(config.Seed, "speaker bootstrap");
        draws = new int[config.Resamples][];
        for (var resample = 0; resample < draws.Length; resample++)
        {
            Interruption.Check();
            draws[resample] = new int[Speakers];
            for (var turn = 0; turn < Speakers; turn++) draws[resample][random.Below(Speakers)]++;
        }
    }

    /// <summary>How many speakers there are.</summary>
    public int Speakers { get; }

    /// <summary>A score with its interval.</summary>
    /// <param name="target">The true classes, one per clip.</param>
    /// <param name="predicted">The decisions.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="metric">Which score.</param>
    /// <exception cref="ArgumentException">The lengths differ from the number of clips, or a class is out of range.</exception>
    public Interval Of(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes, Metric metric)
    {
        var value = Scores.Of(target, predicted, classes).Value(metric);
        return Around(value, Resample(target, predicted, classes, metric));
    }

    /// <summary>The score of every resample.</summary>
    /// <returns>One per draw, always in the same order.</returns>
    /// <inheritdoc cref="Of"/>
    internal double[] Resample(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes, Metric metric)
    {
        var scores = new double[draws.Length];
        Visit(target, predicted, classes, (resample, counts) => scores[resample] = ConfusionCounts.Score(counts, classes, metric));
        return scores;
    }

    /// <summary>The F1 of every class, each with its interval; a class of few clips has a wide one.</summary>
    /// <param name="target">The true classes, one per clip.</param>
    /// <param name="predicted">The decisions.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <exception cref="ArgumentException">The lengths differ from the number of clips, or a class is out of range.</exception>
    public IReadOnlyList<Interval> F1(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes)
    {
        var values = Scores.Of(target, predicted, classes).PerClassF1;
        var resampled = Enumerable.Range(0, classes).Select(_ => new double[draws.Length]).ToArray();
        Visit(target, predicted, classes, (resample, counts) =>
        {
            for (var c = 0; c < classes; c++) resampled[c][resample] = ConfusionCounts.F1(counts, classes, c);
        });
        return [.. values.Select((value, c) => Around(value, resampled[c]))];
    }

    private void Visit(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes, Action<int, int[]> visit)
    {
        var bySpeaker = ConfusionCounts.Of(target, predicted, classes, speakerOf, Speakers);
        var sum = new int[classes * classes];
        for (var resample = 0; resample < draws.Length; resample++)
        {
            Interruption.Check();
            Array.Clear(sum);
            for (var speaker = 0; speaker < Speakers; speaker++)
            {
                var times = draws[resample][speaker];
                if (times == 0) continue;
                var counts = bySpeaker[speaker];
                for (var cell = 0; cell < sum.Length; cell++) sum[cell] += times * counts[cell];
            }
            visit(resample, sum);
        }
    }

    /// <summary>The percentile interval of resampled values around the value measured on all clips.</summary>
    internal Interval Around(double value, double[] resampled)
    {
        var sorted = (double[])resampled.Clone();
        Array.Sort(sorted);
        var tail = (1 - level) / 2;
        return new Interval { Value = value, Low = Quantile(sorted, tail), High = Quantile(sorted, 1 - tail) };
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
