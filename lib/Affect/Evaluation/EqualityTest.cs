namespace Affect.Evaluation;

/// <summary>Whether several sets of decisions on the same clips score alike: one test for all of them, without picking a best one first.</summary>
/// <remarks>
/// Each speaker has one number per set: how much the speaker moves that set's score (<see cref="SpeakerJackknife"/>), less the speaker's mean over the sets.
/// Where all sets score alike, the speakers' vectors of such numbers have mean zero, and <see cref="RotationTest"/> asks whether they may. A whole vector is
/// turned at a time, so it does not matter how much neighbouring layers agree, or how much more some layers waver than others.
/// </remarks>
public sealed record EqualityTest
{
    /// <summary>Which score was compared.</summary>
    public required Metric Metric { get; init; }

    /// <summary>The score of each set, in the order given.</summary>
    public required IReadOnlyList<double> Scores { get; init; }

    /// <summary>How many speakers there are.</summary>
    public required int Speakers { get; init; }

    /// <summary>How probable scores that differ as much are where the true ones do not differ; 1 with a single speaker.</summary>
    public required double PValue { get; init; }

    /// <summary>Compares sets of decisions.</summary>
    /// <param name="target">The true classes, one per clip.</param>
    /// <param name="decisions">At least two sets, each one class per clip.</param>
    /// <param name="speakers">Who speaks, one per clip.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="metric">Which score to compare.</param>
    /// <exception cref="ArgumentException">There are fewer than two sets, the lengths differ, or a class is out of range.</exception>
    public static EqualityTest Of(IReadOnlyList<int> target, IReadOnlyList<IReadOnlyList<int>> decisions, IReadOnlyList<string> speakers, int classes, Metric metric = Metric.Waf)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(speakers);
        if (decisions.Count < 2) throw new ArgumentException($"decisions must hold at least two sets to compare, but holds {decisions.Count}.", nameof(decisions));
        if (speakers.Count != target.Count) throw new ArgumentException($"speakers must hold one per clip, {target.Count}, but holds {speakers.Count}.", nameof(speakers));
        var jackknife = new SpeakerJackknife(speakers);
        double[][] values = [.. decisions.Select(set => jackknife.Values(target, set, classes, counts => ConfusionCounts.Score(counts, classes, metric)))];
        double[][] vectors = [.. Enumerable.Range(0, jackknife.Speakers).Select(speaker =>
        {
            var mean = values.Average(set => set[speaker]);
            return values.Select(set => set[speaker] - mean).ToArray();
        })];
        double[][] products = [.. vectors.Select(one => vectors.Select(other => one.Zip(other, (a, b) => a * b).Sum()).ToArray())];
        return new EqualityTest { Metric = metric, Scores = [.. values.Select(set => set.Average())], Speakers = jackknife.Speakers, PValue = RotationTest.PValue(products) };
    }

    /// <summary>The test in words.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{ResultText.Of(Metric)} from {Scores.Min():F3} to {Scores.Max():F3}, {ResultText.P(PValue)} ({ResultText.Speakers(Speakers)})");
}
