namespace Affect.Fusion;

/// <summary>One modality's features: one vector for each clip that has it.</summary>
public sealed class ModalityFeatures
{
    private readonly Dictionary<string, int> rows;

    /// <summary>Takes the values over; they are not copied.</summary>
    /// <param name="modality">As in <c>acoustic</c>, <c>visual</c>, <c>lexical</c>.</param>
    /// <param name="source">Where they come from, as in <c>mimic-hubert, layer 7</c>.</param>
    /// <param name="clipIds">The clips that have the modality; no two alike.</param>
    /// <param name="values"><c>[clips, dims]</c>, row-major; finite numbers.</param>
    /// <param name="dims">How many numbers each clip has.</param>
    /// <exception cref="ArgumentException">The sizes do not fit, a clip is there twice, or a number is not finite.</exception>
    public ModalityFeatures(string modality, string source, IReadOnlyList<string> clipIds, float[] values, int dims)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(modality);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clipIds);
        ArgumentNullException.ThrowIfNull(values);
        (Modality, Source, ClipIds, Values, Dims) = (modality, source, clipIds, values, Require.AtLeast(1, dims, nameof(dims)));
        if (values.Length != (long)clipIds.Count * dims)
            throw new ArgumentException(FormattableString.Invariant($"values of {modality} must be [clips, dims] = [{clipIds.Count}, {dims}], but are {values.Length} numbers."), nameof(values));
        rows = new Dictionary<string, int>(clipIds.Count, StringComparer.Ordinal);
        for (var row = 0; row < clipIds.Count; row++)
        {
            if (!rows.TryAdd(clipIds[row], row)) throw new ArgumentException($"clipIds of {modality} must name each clip once, but '{clipIds[row]}' is there twice.", nameof(clipIds));
            foreach (var value in Row(row))
                if (!float.IsFinite(value)) throw new ArgumentException($"The {modality} features of clip '{clipIds[row]}' must be finite numbers, but hold {value}: extract it anew.", nameof(values));
        }
    }

    /// <summary>As in <c>acoustic</c>.</summary>
    public string Modality { get; }

    /// <summary>Where the features come from.</summary>
    public string Source { get; }

    /// <summary>The clips that have the modality.</summary>
    public IReadOnlyList<string> ClipIds { get; }

    /// <summary><c>[clips, dims]</c>, row-major.</summary>
    public float[] Values { get; }

    /// <summary>How many numbers each clip has.</summary>
    public int Dims { get; }

    /// <summary>The mean of several neighbouring layers of a table: a constant times their sum, which is what the baseline takes (arXiv:2404.17113).</summary>
    /// <param name="modality">As in <c>acoustic</c>.</param>
    /// <param name="encoder">The encoder's name.</param>
    /// <param name="table">The features by layer.</param>
    /// <param name="first">The lowest layer's position in the table; null: the fourth from the top, or 0.</param>
    /// <param name="last">The highest layer's position; null: the top.</param>
    public static ModalityFeatures Of(string modality, string encoder, FeatureTable table, int? first = null, int? last = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var high = Require.Between(0, table.Layers - 1, last ?? table.Layers - 1, nameof(last));
        var low = Require.Between(0, high, first ?? Math.Max(0, high - 3), nameof(first));
        var values = new float[table.ClipIds.Count * table.Dims];
        for (var clip = 0; clip < table.ClipIds.Count; clip++)
            for (var layer = low; layer <= high; layer++)
            {
                var row = table.Row(clip, layer);
                for (var dim = 0; dim < row.Length; dim++) values[(clip * table.Dims) + dim] += row[dim] / (high - low + 1);
            }
        var layers = FormattableString.Invariant($"{table.FirstLayer + low}{(low == high ? "" : FormattableString.Invariant($" to {table.FirstLayer + high}"))}");
        return new ModalityFeatures(modality, $"{encoder}, layer{(low == high ? "" : "s")} {layers}", table.ClipIds, values, table.Dims);
    }

    /// <summary>The features of a corpus's clips, brought to mean 0 and deviation 1 over each speaker's among them; those of other clips are left out.</summary>
    /// <param name="corpus">Says who speaks.</param>
    internal ModalityFeatures NormaliseSpeakers(Corpus corpus)
    {
        var speakers = corpus.Clips.ToDictionary(clip => clip.Id, clip => clip.Speaker, StringComparer.Ordinal);
        int[] kept = [.. Enumerable.Range(0, ClipIds.Count).Where(row => speakers.ContainsKey(ClipIds[row]))];
        var values = new float[kept.Length * Dims];
        for (var row = 0; row < kept.Length; row++) Row(kept[row]).CopyTo(values.AsSpan(row * Dims));
        string[] ids = [.. kept.Select(row => ClipIds[row])];
        return new ModalityFeatures(Modality, $"{Source}, normalised by speaker", ids, SpeakerNormalisation.Apply(values, Dims, [.. ids.Select(id => speakers[id])]), Dims);
    }

    /// <summary>A clip's row, or null where it does not have the modality.</summary>
    internal int? RowOf(string clipId) => rows.TryGetValue(clipId, out var row) ? row : null;

    internal ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Dims, Dims);
}
