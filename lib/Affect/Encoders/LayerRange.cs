namespace Affect.Encoders;

/// <summary>Neighbouring layers of an encoder, both ends included; layer n is the output of block n, layer 0 the input of block 1.</summary>
public sealed record LayerRange
{
    /// <summary>Names a range.</summary>
    /// <param name="first">The first layer, at least 0.</param>
    /// <param name="last">The last layer, at least <paramref name="first"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or starts below 0.</exception>
    public LayerRange(int first, int last)
    {
        First = Require.AtLeast(0, first, nameof(first));
        Last = Require.AtLeast(first, last, nameof(last));
    }

    /// <summary>The first layer.</summary>
    public int First { get; }

    /// <summary>The last layer.</summary>
    public int Last { get; }

    /// <summary>How many layers the range holds.</summary>
    public int Width => Last - First + 1;

    /// <summary>Whether a layer is one of the range's.</summary>
    public bool Contains(int layer) => layer >= First && layer <= Last;

    /// <summary>As in <c>layers 4 to 9</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Width == 1 ? $"layer {First}" : $"layers {First} to {Last}")}");
}
