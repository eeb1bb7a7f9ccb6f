namespace Affect.Probing;

/// <summary>How much of the emotion a linear probe reads from each layer of an encoder, on speakers it has not heard.</summary>
public sealed record LayerCurve
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What the corpus is called.</summary>
    public string Corpus { get; init; } = "";

    /// <summary>Which encoder and pooling the features come from, in words.</summary>
    public string Encoder { get; init; } = "";

    /// <summary>Whether the clips were generated; figures say so.</summary>
    public bool IsSynthetic { get; init; }

    /// <summary>How the probing was done.</summary>
    public required ProbeConfig Config { get; init; }

    /// <summary>The classes.</summary>
    public required IReadOnlyList<string> Emotions { get; init; }

    /// <summary>The clips that were held out in some fold; every list "per clip" follows this order.</summary>
    public required IReadOnlyList<string> ClipIds { get; init; }

    /// <summary>Each clip's true class.</summary>
    public required IReadOnlyList<int> Targets { get; init; }

    /// <summary>Each clip's speaker.</summary>
    public required IReadOnlyList<string> Speakers { get; init; }

    /// <summary>How many folds there were.</summary>
    public required int Folds { get; init; }

    /// <summary>What knowing the class frequencies alone would score.</summary>
    public required ChanceLevel Chance { get; init; }

    /// <summary>The layers, ascending.</summary>
    public required IReadOnlyList<LayerScore> Layers { get; init; }

    /// <summary>The learned weighted sum of all layers; null where it was not asked for.</summary>
    public WeightedSumScore? WeightedSum { get; init; }

    /// <summary>Linear CKA of every two layers, <c>[layer][layer]</c>, 0 … 1; null where it was not asked for.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? Similarity { get; init; }

    /// <summary>The best run of neighbouring layers as it was asked for when the curve was made; null where none was.</summary>
    public RangeChoice? Range { get; init; }

    /// <summary>How many of the probes had not settled after the solver's last step: 0 unless the features are degenerate.</summary>
    public int Unsettled { get; init; }

    /// <summary>The layer with the highest score over all held-out clips; of equal ones the lowest.</summary>
    public LayerScore Best(Metric metric = Metric.Waf) => Layers.MaxBy(layer => layer.Value(metric).Value)!;

    /// <summary>The best run of neighbouring layers.</summary>
    /// <param name="width">How many layers; fewer than the curve has.</param>
    /// <param name="criterion">The score to average over the run.</param>
    /// <param name="includeInput">Whether layer 0, the input of the first block, may belong to the run; adapters sit in blocks, so it may not by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width leaves no layer outside.</exception>
    public RangeChoice BestRange(int width, Metric criterion = Metric.Waf, bool includeInput = false) =>
        RangeChooser.Choose(includeInput ? Layers : [.. Layers.Where(layer => layer.Layer > 0)], width, criterion);

    /// <summary>Asks whether the layers differ at all, in one test for all of them that picks none: a curve that fails it is flat as far as these clips tell.</summary>
    /// <param name="metric">Which score.</param>
    /// <exception cref="ArgumentException">There is one layer only.</exception>
    public EqualityTest CompareLayers(Metric metric = Metric.Waf) =>
        EqualityTest.Of(Targets, [.. Layers.Select(layer => layer.Predicted)], Speakers, Emotions.Count, metric);

    /// <summary>Compares the best layers of two curves: their decisions on the same clips, speaker by speaker.</summary>
    /// <param name="other">The other curve.</param>
    /// <param name="metric">Which score, for choosing the layers too; so both sides are a little flattered, alike where both have as many layers.</param>
    /// <exception cref="ArgumentException">The curves were not measured on the same clips.</exception>
    public PairedComparison CompareBest(LayerCurve other, Metric metric = Metric.Waf)
    {
        RequireSameClips(other);
        return Compare(Best(metric).Predicted, other.Best(metric).Predicted, metric);
    }

    /// <summary>Compares the learned sums of all layers of two curves, which no choice on the reported clips has touched.</summary>
    /// <param name="other">The other curve.</param>
    /// <param name="metric">Which score.</param>
    /// <exception cref="ArgumentException">The curves were not measured on the same clips, or one has no learned sum.</exception>
    public PairedComparison CompareSums(LayerCurve other, Metric metric = Metric.Waf)
    {
        RequireSameClips(other);
        if (WeightedSum is null || other.WeightedSum is null)
            throw new ArgumentException($"other must have a learned sum of layers as this curve must, but {(WeightedSum is null ? Encoder : other.Encoder)} has none: it has one layer, or the probe was told to leave it out.", nameof(other));
        return Compare(WeightedSum.Predicted, other.WeightedSum.Predicted, metric);
    }

    /// <summary>The curve as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Writes the curve as a JSON file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => AtomicFile.WriteText(path, ToJson());

    /// <summary>Reads a curve that <see cref="Save"/> wrote.</summary>
    /// <exception cref="FormatException">The file is not a layer curve.</exception>
    public static LayerCurve Load(string path)
    {
        PointerFile.Refuse(path);
        var text = RegularFile.ReadAllText(path);
        try
        {
            return JsonSerializer.Deserialize<LayerCurve>(text, Json) ?? throw new JsonException("it holds null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} must hold a layer curve as 'lab probe --out' writes it, but does not: {error.Message}", error);
        }
    }

    private void RequireSameClips(LayerCurve other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!ClipIds.SequenceEqual(other.ClipIds, StringComparer.Ordinal))
            throw new ArgumentException($"other must be measured on the same clips, but has {other.ClipIds.Count} against {ClipIds.Count}, or others, or in another order.", nameof(other));
    }

    private PairedComparison Compare(IReadOnlyList<int> mine, IReadOnlyList<int> theirs, Metric metric) =>
        PairedComparison.Of(Targets, mine, theirs, Emotions.Count, Speakers, metric, Config.IntervalLevel);
}
