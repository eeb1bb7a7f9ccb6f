namespace Affect.Evaluation;

/// <summary>Two sets of decisions on the same clips, compared speaker by speaker.</summary>
public sealed record PairedComparison
{
    /// <summary>
    /// Fewer speakers than these and no text may say that anything helps or hurts. The intervals' level is held by simulation from five speakers on
    /// (README.md beside this file); with four, what half of them share is already half of what there is.
    /// </summary>
    public const int MinimumSpeakers = 5;

    /// <summary>What was compared.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The first one's score.</summary>
    public required Interval First { get; init; }

    /// <summary>The second one's score.</summary>
    public required Interval Second { get; init; }

    /// <summary>First − second, with the interval of the difference; wider where it is one of a corrected family.</summary>
    public required Interval Difference { get; init; }

    /// <summary>
    /// How probable a difference as far from zero is where the two are equally good: below 0.05 exactly where the 95 % interval of the difference leaves
    /// zero out. Holm's where it is one of a corrected family.
    /// </summary>
    public required double PValue { get; init; }

    /// <summary>How many comparisons it was corrected for (<see cref="ComparisonFamily"/>); 1 where it stands alone.</summary>
    public int Family { get; init; } = 1;

    /// <summary>Whether there are enough speakers to say anything.</summary>
    public bool HasEnoughSpeakers => Difference.Speakers is 0 or >= MinimumSpeakers;

    /// <summary>Whether the interval of the difference leaves zero out, and the speakers are enough: only then may a text say "better" or "worse".</summary>
    public bool IsDistinguishable => HasEnoughSpeakers && (Difference.Low > 0 || Difference.High < 0);

    /// <summary>
    /// What the first does beside the second, in words, to go on a sentence: <c>helps</c>, <c>hurts</c>, <c>makes no difference that can be told</c>, or
    /// <c>has too few speakers (4) to tell</c>.
    /// </summary>
    public string Verdict => !HasEnoughSpeakers
        ? string.Create(CultureInfo.InvariantCulture, $"has too few speakers ({Difference.Speakers}) to tell")
        : !IsDistinguishable ? "makes no difference that can be told" : Difference.Low > 0 ? "helps" : "hurts";

    /// <summary>The difference before it was corrected: what a family is corrected from.</summary>
    internal Estimate? Estimate { get; init; }

    /// <summary>Compares two sets of decisions.</summary>
    /// <param name="target">The true classes, one per clip.</param>
    /// <param name="first">The first one's decisions.</param>
    /// <param name="second">The second one's decisions.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="speakers">Who speaks, one per clip.</param>
    /// <param name="metric">Which score to compare.</param>
    /// <param name="level">How often the intervals are to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">The lengths differ from the number of clips, there is none, or a class is out of range.</exception>
    public static PairedComparison Of(
        IReadOnlyList<int> target, IReadOnlyList<int> first, IReadOnlyList<int> second, int classes, IReadOnlyList<string> speakers, Metric metric = Metric.Waf, double level = 0.95) =>
        Of(target, [[first]], [[second]], classes, speakers, metric, level);

    /// <summary>Compares two methods by the mean of their scores over several conditions, as over all sets of modalities.</summary>
    /// <param name="first">Per condition the first method's runs, as of several seeds.</param>
    /// <param name="second">Per condition the second method's runs, as many and in the same order.</param>
    /// <param name="metric">Which score.</param>
    /// <param name="level">How often the intervals are to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">There is no condition, or the runs are not of the same clips in the same order.</exception>
    public static PairedComparison OfMeans(IReadOnlyList<IReadOnlyList<Decisions>> first, IReadOnlyList<IReadOnlyList<Decisions>> second, Metric metric = Metric.Waf, double level = 0.95)
    {
        Require.NotEmpty(first);
        ArgumentNullException.ThrowIfNull(second);
        var runs = first[0].Count;
        if (first.Count != second.Count || first.Concat(second).Any(condition => condition.Count != runs))
            throw new ArgumentException("The two methods must have as many conditions and runs, but have not.", nameof(second));
        var one = Decisions.OfSameClips([.. first.Concat(second).SelectMany(condition => condition)]);
        return Of(one.Target, Predicted(first), Predicted(second), one.Classes.Count, one.Speakers, metric, level);

        static IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Predicted(IReadOnlyList<IReadOnlyList<Decisions>> conditions) =>
            [.. conditions.Select(condition => condition.Select(run => run.Predicted).ToArray())];
    }

    // Decisions are [conditions][runs][clips]. A score's jackknife values, by run and speaker, make an estimate; the difference of two estimates is one, too.
    internal static PairedComparison Of(
        IReadOnlyList<int> target, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> first, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> second, int classes,
        IReadOnlyList<string> speakers, Metric metric, double level = 0.95)
    {
        var jackknife = new SpeakerJackknife(speakers);
        var (one, other) = (Mean(first), Mean(second));
        var difference = one.Minus(other) with { ClipError = ClipError(target, first, second), Clips = target.Count };
        return new PairedComparison
        {
            Metric = metric,
            First = one.Score(level, target.Count),
            Second = other.Score(level, target.Count),
            Difference = difference.Difference(level),
            PValue = difference.PValue,
            Estimate = difference,
        };

        Estimate Mean(IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> conditions) =>
            Estimate.Mean([.. conditions.Select(runs => jackknife.Table(target, runs, classes, metric))]);
    }

    // As McNemar has it: clips on which one is right and the other wrong, all runs and conditions averaged.
    private static double ClipError(
        IReadOnlyList<int> target, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> first, IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> second)
    {
        double[] leads = [.. target.Select((label, clip) => Right(first, clip, label) - Right(second, clip, label))];
        var mean = leads.Average();
        return Math.Sqrt(leads.Sum(lead => (lead - mean) * (lead - mean))) / leads.Length;

        static double Right(IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> conditions, int clip, int label) =>
            conditions.Average(runs => runs.Average(run => run[clip] == label ? 1.0 : 0.0));
    }

    /// <summary>The difference in words.</summary>
    public override string ToString()
    {
        var corrected = Family > 1 ? FormattableString.Invariant($" corrected for {Family} comparisons") : "";
        var end = !HasEnoughSpeakers ? ", too few speakers to tell" : IsDistinguishable ? "" : ", not distinguishable from none";
        return FormattableString.Invariant(
            $"{ResultText.Of(Metric)} {First.Value:F3} against {Second.Value:F3}: difference {Difference}, {ResultText.P(PValue)}{corrected}{end}");
    }
}
