namespace Affect.Features;

/// <summary>The pooled features of a corpus: for every clip one vector per layer of an encoder.</summary>
public sealed class FeatureTable
{
    /// <summary>Takes the values over; they are not copied.</summary>
    /// <param name="clipIds">One per clip, in the order of <paramref name="values"/>; no two alike.</param>
    /// <param name="values"><c>[clips, layers, dims]</c>, row-major.</param>
    /// <param name="layers">How many layers each clip has; at least 1.</param>
    /// <param name="dims">How many numbers each layer has; at least 1.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together, or two clips share an id.</exception>
    public FeatureTable(IReadOnlyList<string> clipIds, float[] values, int layers, int dims)
    {
        ArgumentNullException.ThrowIfNull(clipIds);
        ArgumentNullException.ThrowIfNull(values);
        Layers = Require.AtLeast(1, layers, nameof(layers));
        Dims = Require.AtLeast(1, dims, nameof(dims));
        var wish = (long)clipIds.Count * layers * dims;
        if (values.LongLength != wish)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"values must be [clips, layers, dims] = [{clipIds.Count}, {layers}, {dims}] with {wish} numbers, but has {values.LongLength}."),
                nameof(values));
        }
        ClipIds = EachOnce(clipIds);
        Values = values;
    }

    /// <summary>The clips, in the order of <see cref="Values"/>.</summary>
    public IReadOnlyList<string> ClipIds { get; }

    /// <summary><c>[clips, layers, dims]</c>, row-major.</summary>
    public float[] Values { get; }

    /// <summary>How many layers each clip has.</summary>
    public int Layers { get; }

    /// <summary>How many numbers each layer has.</summary>
    public int Dims { get; }

    /// <summary>The encoder's number of the first layer here: 0 where all layers were kept.</summary>
    public int FirstLayer { get; init => field = Require.AtLeast(0, value); }

    /// <summary>One clip's vector at one layer.</summary>
    /// <param name="clip">The clip's position in <see cref="ClipIds"/>.</param>
    /// <param name="layer">The layer's position in this table, from 0.</param>
    /// <returns><c>[dims]</c></returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such clip or layer.</exception>
    public ReadOnlySpan<float> Row(int clip, int layer)
    {
        Require.Between(0, ClipIds.Count - 1, clip, nameof(clip));
        Require.Between(0, Layers - 1, layer, nameof(layer));
        return Values.AsSpan((clip * Layers + layer) * Dims, Dims);
    }

    /// <summary>The same features of some of the clips, in the order asked for.</summary>
    /// <param name="clips">Positions in <see cref="ClipIds"/>, no two alike.</param>
    /// <exception cref="ArgumentException">A position is outside the table or named twice.</exception>
    public FeatureTable Select(IReadOnlyList<int> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var size = Layers * Dims;
        var values = new float[clips.Count * size];
        var ids = new string[clips.Count];
        for (var i = 0; i < clips.Count; i++)
        {
            ids[i] = ClipIds[Require.Between(0, ClipIds.Count - 1, clips[i], nameof(clips))];
            Values.AsSpan(clips[i] * size, size).CopyTo(values.AsSpan(i * size));
        }
        return new FeatureTable(ids, values, Layers, Dims) { FirstLayer = FirstLayer };
    }

    /// <summary>The same clips with one of the layers alone.</summary>
    /// <param name="layer">The layer's position in this table, from 0.</param>
    public FeatureTable Layer(int layer) => ByRow(1, Dims, FirstLayer + layer, (clip, _, row) => Row(clip, layer).CopyTo(row));

    /// <summary>The same clips and layers with the first of each vector's numbers alone.</summary>
    /// <param name="count">How many, 1 … <see cref="Dims"/>.</param>
    public FeatureTable FirstDims(int count)
    {
        Require.Between(1, Dims, count, nameof(count));
        return ByRow(Layers, count, FirstLayer, (clip, layer, row) => Row(clip, layer)[..count].CopyTo(row));
    }

    /// <summary>Each clip's numbers with another table's behind them, layer by layer.</summary>
    /// <param name="other">Features of the same clips in the same order, of as many layers.</param>
    /// <returns><c>[clips, layers, dims + other's dims]</c></returns>
    /// <exception cref="ArgumentException">The tables are not of the same clips and layers.</exception>
    public FeatureTable Beside(FeatureTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Layers != Layers || !ClipIds.SequenceEqual(other.ClipIds))
        {
            throw new ArgumentException(
                $"other must be of the same {ClipIds.Count} clips in the same order and of {Count(Layers)}, but has {other.ClipIds.Count} clips and {Count(other.Layers)}.", nameof(other));
        }
        return ByRow(Layers, Dims + other.Dims, FirstLayer, (clip, layer, row) =>
        {
            Row(clip, layer).CopyTo(row);
            other.Row(clip, layer).CopyTo(row[Dims..]);
        });

        static string Count(int layers) => $"{layers} layer{(layers == 1 ? "" : "s")}";
    }

    /// <summary>A copy of the values as a tensor on the CPU.</summary>
    /// <returns><c>[clips, layers, dims]</c>, float32.</returns>
    public Tensor ToTensor() => tensor(Values, new long[] { ClipIds.Count, Layers, Dims });

    /// <summary>The ids, if no two are alike.</summary>
    /// <exception cref="ArgumentException">Two are.</exception>
    internal static IReadOnlyList<string> EachOnce(IReadOnlyList<string> clipIds)
    {
        var seen = new HashSet<string>(clipIds.Count, StringComparer.Ordinal);
        var twice = clipIds.FirstOrDefault(id => !seen.Add(id));
        return twice is null ? clipIds : throw new ArgumentException($"clipIds must name each clip once, but '{twice}' occurs twice.", nameof(clipIds));
    }

    private FeatureTable ByRow(int layers, int dims, int firstLayer, Filling fill)
    {
        var values = new float[ClipIds.Count * layers * dims];
        for (var row = 0; row < ClipIds.Count * layers; row++) fill(row / layers, row % layers, values.AsSpan(row * dims, dims));
        return new FeatureTable(ClipIds, values, layers, dims) { FirstLayer = firstLayer };
    }

    private delegate void Filling(int clip, int layer, Span<float> row);
}
