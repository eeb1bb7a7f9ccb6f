namespace Affect.Evaluation;

/// <summary>The mean of several scores, as over all subsets of modalities, of two methods compared on the same clips, speaker by speaker.</summary>
public static class MeanComparison
{
    /// <summary>Compares two methods by the mean of their scores.</summary>
    /// <param name="first">Per condition the first method's runs, as of several seeds.</param>
    /// <param name="second">Per condition the second method's runs, as many and in the same order.</param>
    /// <param name="metric">Which score.</param>
    /// <param name="level">How often the intervals are to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">There is no condition, or the runs are not of the same clips in the same order.</exception>
    public static PairedComparison Of(IReadOnlyList<IReadOnlyList<Decisions>> first, IReadOnlyList<IReadOnlyList<Decisions>> second, Metric metric = Metric.Waf, double level = 0.95)
    {
        Require.NotEmpty(first);
        ArgumentNullException.ThrowIfNull(second);
        var runs = first[0].Count;
        if (first.Count != second.Count || first.Concat(second).Any(condition => condition.Count != runs))
            throw new ArgumentException("The two methods must have as many conditions and runs, but have not.", nameof(second));
        _ = Decisions.Pool([.. first.Concat(second).SelectMany(condition => condition)]); // all of the same clips
        var one = first[0][0];
        return PairedComparison.Of(one.Target, Predicted(first), Predicted(second), one.Classes.Count, one.Speakers, metric, level);

        static IReadOnlyList<IReadOnlyList<IReadOnlyList<int>>> Predicted(IReadOnlyList<IReadOnlyList<Decisions>> conditions) =>
            [.. conditions.Select(condition => condition.Select(run => run.Predicted).ToArray())];
    }
}
