namespace Affect.Evaluation;

/// <summary>
/// Intervals by leaving out one <em>speaker</em> at a time: clips of one speaker resemble each other, so what speakers differ by, not what clips
/// differ by, says how far a score would move with other speakers.
/// </summary>
/// <remarks>
/// The delete-one-group jackknife (Efron and Tibshirani, <em>An Introduction to the Bootstrap</em>, 1993, chapter 11) with Student's t on as many degrees
/// of freedom as there are speakers less one; scores on the logit scale. README.md beside this file says why, and how often it is wrong.
/// </remarks>
public sealed class SpeakerJackknife
{
    private readonly int[] speakerOf;

    /// <summary>Takes down who speaks.</summary>
    /// <param name="speakers">Who speaks, one per clip; at least one clip.</param>
    /// <exception cref="ArgumentException">There is no clip.</exception>
    public SpeakerJackknife(IReadOnlyList<string> speakers)
    {
        ArgumentNullException.ThrowIfNull(speakers);
        if (speakers.Count == 0) throw new ArgumentException("speakers must hold at least one clip's, but is empty.", nameof(speakers));
        // Ordinal order: nothing depends on the order of the clips.
        var numbers = speakers.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select((speaker, number) => (speaker, number)).ToDictionary(pair => pair.speaker, pair => pair.number, StringComparer.Ordinal);
        speakerOf = [.. speakers.Select(speaker => numbers[speaker])];
        Speakers = numbers.Count;
    }

    /// <summary>How many speakers there are.</summary>
    public int Speakers { get; }

    /// <summary>How many clips there are.</summary>
    public int Clips => speakerOf.Length;

    /// <summary>A score with its interval.</summary>
    /// <param name="target">The true classes, one per clip.</param>
    /// <param name="predicted">The decisions.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="metric">Which score.</param>
    /// <param name="level">How often the interval is to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">The lengths differ from the number of clips, or a class is out of range.</exception>
    public Interval Of(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes, Metric metric, double level = 0.95) =>
        Table(target, [predicted], classes, metric).Score(level, Clips);

    /// <summary>The mean of a number that every clip has, as of a difference in rank, with its interval.</summary>
    /// <param name="runs">One or more runs (seeds), each with a number a clip.</param>
    /// <param name="level">How often the interval is to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">There is no run, or one has another number of clips.</exception>
    public Interval MeanOf(IReadOnlyList<IReadOnlyList<double>> runs, double level = 0.95)
    {
        Require.NotEmpty(runs);
        foreach (var run in runs)
            if (run.Count != Clips) throw new ArgumentException($"runs must hold a number for each of {Clips} clips, but one holds {run.Count}.", nameof(runs));
        double[] all = [.. Enumerable.Range(0, Clips).Select(clip => runs.Average(run => run[clip]))];
        var (sizes, mean) = (new int[Speakers], all.Average());
        foreach (var speaker in speakerOf) sizes[speaker]++;
        var estimate = Estimate.Of([.. runs.Select(BySpeaker)]) with
        {
            Value = mean,
            Clips = Clips,
            ClipError = Math.Sqrt(all.Sum(value => (value - mean) * (value - mean))) / Clips,
        };
        return estimate.AnyNumber(level);

        double[] BySpeaker(IReadOnlyList<double> run)
        {
            var (sums, whole) = (new double[Speakers], run.Sum());
            for (var clip = 0; clip < run.Count; clip++) sums[speakerOf[clip]] += run[clip];
            return Spread(whole / Clips, [.. sums.Select((sum, speaker) => (whole - sum) / (Clips - sizes[speaker]))]);
        }
    }

    /// <summary>The F1 of every class, each with its interval; a class of few clips has a wide one.</summary>
    /// <param name="target">The true classes, one per clip.</param>
    /// <param name="predicted">The decisions.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="level">How often an interval is to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">The lengths differ from the number of clips, or a class is out of range.</exception>
    public IReadOnlyList<Interval> F1(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes, double level = 0.95) => F1(target, [predicted], classes, level);

    internal IReadOnlyList<Interval> F1(IReadOnlyList<int> target, IReadOnlyList<IReadOnlyList<int>> runs, int classes, double level) =>
        [.. Enumerable.Range(0, classes).Select(c => Table(target, runs, classes, counts => ConfusionCounts.F1(counts, classes, c)).Score(level, Math.Max(1, target.Count(label => label == c))))];

    /// <summary>The score of several runs on the same clips, all decisions taken together.</summary>
    /// <param name="target">The true classes, one per clip.</param>
    /// <param name="runs">Each run's decisions.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="metric">Which score.</param>
    internal Estimate Table(IReadOnlyList<int> target, IReadOnlyList<IReadOnlyList<int>> runs, int classes, Metric metric) =>
        Table(target, runs, classes, counts => ConfusionCounts.Score(counts, classes, metric));

    private Estimate Table(IReadOnlyList<int> target, IReadOnlyList<IReadOnlyList<int>> runs, int classes, Func<int[], double> score)
    {
        var values = runs.Select(run => Values(target, run, classes, score)).ToArray();
        var all = new int[classes * classes];
        foreach (var run in runs) Add(all, ConfusionCounts.Of(target, run, classes), 1);
        // F1 of all runs' decisions together is not quite the mean of the runs' F1: the first is what is reported, the second's spread is its spread.
        return Estimate.Of(values) with { Value = score(all) };
    }

    /// <summary>One value per speaker, which average to the score and differ as much as leaving each speaker out moves it.</summary>
    /// <returns><c>[speakers]</c>, in ordinal order of their names.</returns>
    internal double[] Values(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes, Func<int[], double> score)
    {
        var bySpeaker = ConfusionCounts.Of(target, predicted, classes, speakerOf, Speakers);
        var sum = new int[classes * classes];
        foreach (var counts in bySpeaker) Add(sum, counts, 1);
        var whole = score(sum);
        var without = new double[Speakers];
        for (var speaker = 0; speaker < without.Length; speaker++)
        {
            Add(sum, bySpeaker[speaker], -1);
            without[speaker] = score(sum);
            Add(sum, bySpeaker[speaker], 1);
        }
        return Spread(whole, without);
    }

    // The jackknife's values: around the score of all, as far apart as the scores without each speaker are, times how many the others are. One speaker alone has no others.
    private static double[] Spread(double whole, double[] without)
    {
        if (without.Length == 1) return [whole];
        var mean = without.Average();
        return [.. without.Select(value => whole - (without.Length - 1) * (value - mean))];
    }

    private static void Add(int[] sum, int[] counts, int times)
    {
        for (var cell = 0; cell < sum.Length; cell++) sum[cell] += times * counts[cell];
    }
}
