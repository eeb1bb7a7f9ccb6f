namespace Affect.Evaluation;

/// <summary>How much one list of classes tells of another about the same clips, in bits.</summary>
/// <remarks>
/// The plug-in estimate less its bias, (rows − 1)(columns − 1) / (2 n ln 2): Miller, <em>Note on the bias of information estimates</em>, 1955. Independent
/// lists give about 0, now and then a little below.
/// </remarks>
public static class MutualInformation
{
    /// <summary>What the lists tell of each other.</summary>
    /// <param name="first">One class per clip, as text or number.</param>
    /// <param name="second">The other class of each clip.</param>
    /// <returns>Bits; at most the entropy of either.</returns>
    /// <exception cref="ArgumentException">The lists are empty or not as long as each other.</exception>
    public static double Bits<TFirst, TSecond>(IReadOnlyList<TFirst> first, IReadOnlyList<TSecond> second)
        where TFirst : notnull
        where TSecond : notnull
    {
        Require.NotEmpty(first);
        ArgumentNullException.ThrowIfNull(second);
        if (second.Count != first.Count) throw new ArgumentException($"second must have one class for each of {first.Count} clips, but has {second.Count}.", nameof(second));
        var (rows, columns) = (first.CountBy(value => value).ToDictionary(), second.CountBy(value => value).ToDictionary());
        double clips = first.Count;
        var bits = first.Zip(second).CountBy(pair => pair).Sum(cell => cell.Value / clips * Math.Log2(cell.Value * clips / ((double)rows[cell.Key.First] * columns[cell.Key.Second])));
        return bits - (rows.Count - 1) * (columns.Count - 1) / (2 * clips * Math.Log(2));
    }

    /// <summary>The entropy of a list of classes: all that there is to tell of it.</summary>
    /// <param name="classes">One class per clip.</param>
    /// <returns>Bits, by the plug-in estimate.</returns>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public static double Entropy<TClass>(IReadOnlyList<TClass> classes)
        where TClass : notnull
    {
        double clips = Require.NotEmpty(classes).Count;
        return -classes.CountBy(value => value).Sum(count => count.Value / clips * Math.Log2(count.Value / clips));
    }
}
