namespace Affect.Evaluation;

/// <summary>Several questions asked of the same data: each false finding more is as likely again, unless the p values are corrected for their number.</summary>
/// <remarks>Holm, <em>A Simple Sequentially Rejective Multiple Test Procedure</em>, Scandinavian Journal of Statistics 6, 1979. It asks nothing about how the tests hang together.</remarks>
public static class Holm
{
    /// <summary>Holm's corrected p values: with those below 0.05 called findings, the chance of even one false one among them is at most 5 %.</summary>
    /// <param name="pValues">One per question, 0 … 1.</param>
    /// <returns>In the same order; never smaller than what was given, at most 1.</returns>
    /// <exception cref="ArgumentException">One is not between 0 and 1.</exception>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> pValues)
    {
        ArgumentNullException.ThrowIfNull(pValues);
        for (var place = 0; place < pValues.Count; place++)
        {
            if (pValues[place] is not (>= 0 and <= 1))
                throw new ArgumentException(FormattableString.Invariant($"pValues must be between 0 and 1, but holds {pValues[place]} at position {place}."), nameof(pValues));
        }
        var adjusted = new double[pValues.Count];
        var least = 0.0;
        foreach (var (rank, place) in Order(pValues).Index()) adjusted[place] = least = Math.Max(least, Math.Min(1, (pValues.Count - rank) * pValues[place]));
        return adjusted;
    }

    /// <summary>The level at which Holm's procedure decides about each question, of a family's level α: α / m for the smallest p value, and so on; once one is not found, the same for all that follow.</summary>
    /// <param name="pValues">One per question, 0 … 1.</param>
    /// <param name="alpha">The family's, as in 0.05.</param>
    internal static double[] Levels(IReadOnlyList<double> pValues, double alpha)
    {
        var levels = new double[pValues.Count];
        var remaining = pValues.Count;
        var goesOn = true;
        foreach (var place in Order(pValues))
        {
            levels[place] = alpha / remaining;
            goesOn &= pValues[place] < levels[place];
            if (goesOn) remaining--;
        }
        return levels;
    }

    // Of equal ones the first first.
    private static int[] Order(IReadOnlyList<double> pValues) => [.. Enumerable.Range(0, pValues.Count).OrderBy(place => pValues[place])];
}
