namespace Affect.Features;

/// <summary>One part of a piece of work that several processes or machines share out.</summary>
public sealed record Shard
{
    /// <summary>All of the work.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>One part of several.</summary>
    /// <param name="index">Which part, from 1.</param>
    /// <param name="count">Of how many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public Shard(int index, int count)
    {
        Count = Require.AtLeast(1, count, nameof(count));
        Index = Require.Between(1, count, index, nameof(index));
    }

    /// <summary>Which part, from 1.</summary>
    public int Index { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Reads <c>2/4</c> as the second of four parts.</summary>
    /// <exception cref="FormatException">The text is not of that form, or there is no such part.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split('/');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && index >= 1 && index <= count)
        {
            return new Shard(index, count);
        }
        throw new FormatException($"A shard must be written as part/parts, as in 1/4 for the first of four, but was '{text}'.");
    }

    /// <summary>Written as <c>2/4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    // Every count-th window: the parts take about as long as each other even where long clips lie together.
    internal bool Holds(int window) => window % Count == Index - 1;
}
