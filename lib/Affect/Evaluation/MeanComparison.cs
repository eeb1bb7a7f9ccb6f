namespace Affect.Evaluation;

/// <summary>The mean of several scores, as over all subsets of modalities, of two methods compared on the same resamples of speakers.</summary>
public static class MeanComparison
{
    /// <summary>Compares two methods by the mean of their scores.</summary>
    /// <param name="first">Per condition the first method's runs, as of several seeds.</param>
    /// <param name="second">Per condition the second method's runs, as many and in the same order.</param>
    /// <param name="metric">Which score.</param>
    /// <param name="config">How the intervals are drawn; null: the defaults.</param>
    /// <exception cref="ArgumentException">There is no condition, or the runs are not of the same clips in the same order.</exception>
    public static PairedComparison Of(IReadOnlyList<IReadOnlyList<Decisions>> first, IReadOnlyList<IReadOnlyList<Decisions>> second, Metric metric = Metric.Waf, BootstrapConfig? config = null)
    {
        Require.NotEmpty(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count || first.Zip(second).Any(pair => pair.First.Count != pair.Second.Count))
            throw new ArgumentException("The two methods must have as many conditions and runs, but have not.", nameof(second));
        _ = Decisions.Pool([.. first.Concat(second).SelectMany(runs => runs)]); // all of the same clips
        var bootstrap = new SpeakerBootstrap(Decisions.Pool(first[0]).Speakers, config);
        var (ones, others) = (Mean(first, bootstrap, metric), Mean(second, bootstrap, metric));
        double[] differences = [.. ones.Resampled.Zip(others.Resampled, (one, other) => one - other)];
        var (above, below) = (differences.Count(value => value >= 0), differences.Count(value => value <= 0));
        return new PairedComparison
        {
            Metric = metric,
            First = bootstrap.Around(ones.Value, ones.Resampled),
            Second = bootstrap.Around(others.Value, others.Resampled),
            Difference = bootstrap.Around(ones.Value - others.Value, differences),
            PValue = Math.Min(1, 2.0 * (Math.Min(above, below) + 1) / (differences.Length + 1)),
        };
    }

    private static (double Value, double[] Resampled) Mean(IReadOnlyList<IReadOnlyList<Decisions>> conditions, SpeakerBootstrap bootstrap, Metric metric)
    {
        var (sum, resampled) = (0.0, Array.Empty<double>());
        foreach (var runs in conditions)
        {
            var (target, predicted, _) = Decisions.Pool(runs);
            var classes = runs[0].Classes.Count;
            sum += Scores.Of(target, predicted, classes).Value(metric);
            var drawn = bootstrap.Resample(target, predicted, classes, metric);
            resampled = resampled.Length == 0 ? drawn : [.. resampled.Zip(drawn, (total, value) => total + value)];
        }
        return (sum / conditions.Count, [.. resampled.Select(value => value / conditions.Count)]);
    }
}
