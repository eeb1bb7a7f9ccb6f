namespace Affect.Evaluation;

/// <summary>Several comparisons that one text reports together, corrected for their number.</summary>
/// <remarks>
/// The p values are Holm's. The intervals are those that agree with them: each has the level at which Holm's procedure decides about it, so that it leaves
/// zero out exactly where the corrected p value is below 5 %. The smallest p value's is as wide as Bonferroni's, the others' are narrower. They say which
/// way a difference goes with at most 5 % chance of even one wrong among them; that all of them hold their true values at once, they do not promise.
/// </remarks>
public static class ComparisonFamily
{
    /// <summary>Corrects comparisons for their number.</summary>
    /// <param name="comparisons">Those that are reported together, of one level, none corrected yet; at least one.</param>
    /// <returns>In the same order, with p values, intervals and verdicts corrected.</returns>
    /// <exception cref="ArgumentException">There is none, one is corrected already or was not computed here, or the levels differ.</exception>
    public static IReadOnlyList<PairedComparison> Correct(IReadOnlyList<PairedComparison> comparisons)
    {
        Require.NotEmpty(comparisons);
        var level = comparisons[0].Difference.Level;
        foreach (var (place, comparison) in comparisons.Index())
        {
            if (comparison.Family > 1)
                throw new ArgumentException(FormattableString.Invariant($"comparisons must not be corrected yet, but the one at position {place} was, for {comparison.Family}; correct all of a family at once."), nameof(comparisons));
            if (comparison.Estimate is null)
                throw new ArgumentException(FormattableString.Invariant($"comparisons must come from PairedComparison.Of or its kin, but the one at position {place} was put together by hand or read from a file."), nameof(comparisons));
            if (comparison.Difference.Level != level)
                throw new ArgumentException(FormattableString.Invariant($"comparisons must be of one level, {level}, but the one at position {place} has {comparison.Difference.Level}."), nameof(comparisons));
        }
        double[] raw = [.. comparisons.Select(comparison => comparison.PValue)];
        var (adjusted, alphas) = (Holm.Adjust(raw), Holm.Levels(raw, 1 - level));
        return
        [
            .. comparisons.Select((comparison, place) => comparison with
            {
                PValue = adjusted[place],
                Difference = comparison.Estimate!.Difference(1 - alphas[place]),
                Family = comparisons.Count,
            }),
        ];
    }
}
