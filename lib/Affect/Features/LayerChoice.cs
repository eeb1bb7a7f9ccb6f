namespace Affect.Features;

/// <summary>Which of an encoder's N + 1 states are kept. Blocks above the last of them are not run.</summary>
public sealed record LayerChoice
{
    private readonly int? first;
    private readonly int? last;

    private LayerChoice(int? first, int? last) => (this.first, this.last) = (first, last);

    /// <summary>All N + 1 states.</summary>
    public static LayerChoice All { get; } = new(0, null);

    /// <summary>State N only, the output of the last block.</summary>
    public static LayerChoice Last { get; } = new(null, null);

    /// <summary>A contiguous range; 0 is the input of the first block.</summary>
    /// <param name="first">The lowest layer.</param>
    /// <param name="last">The highest layer, included.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or begins below 0.</exception>
    public static LayerChoice Range(int first, int last) =>
        new(Require.AtLeast(0, first, nameof(first)), Require.AtLeast(first, last, nameof(last)));

    /// <summary>Reads <c>all</c>, <c>last</c>, a layer (<c>6</c>) or a range (<c>4..9</c>, both ends included).</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static LayerChoice Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "all") return All;
        if (text == "last") return Last;
        var ends = text.Split("..");
        if (ends.Length <= 2 && TryLayer(ends[0], out var first) && TryLayer(ends[^1], out var last) && first <= last) return Range(first, last);
        throw new FormatException($"Layers must be all, last, a layer as in 6, or a range as in 4..9, but was '{text}'.");
    }

    /// <summary>The lowest and the highest layer kept of an encoder.</summary>
    /// <exception cref="ArgumentException">The encoder has no such layer.</exception>
    public (int First, int Last) Of(IEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var highest = last ?? encoder.Layers;
        if (highest > encoder.Layers)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Layers must lie between 0 and {encoder.Layers}, which is what {encoder.Name} has, but {this} was asked for."), nameof(encoder));
        }
        return (first ?? highest, highest);
    }

    /// <summary>Written as <see cref="Parse"/> reads it.</summary>
    public override string ToString() => (first, last) switch
    {
        (0, null) => "all",
        (null, null) => "last",
        var (low, high) when low == high => FormattableString.Invariant($"{low}"),
        var (low, high) => FormattableString.Invariant($"{low}..{high}"),
    };

    private static bool TryLayer(string text, out int layer) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out layer);
}
