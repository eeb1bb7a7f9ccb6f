namespace Affect.Alignment.Studies;

/// <summary>A frozen encoder's layer; where there are several, the one from which a probe reads emotion best on the clips that may be learned from.</summary>
/// <param name="encoder">What to call the encoder.</param>
/// <param name="heard">The clips as it hears them.</param>
/// <param name="layer">The encoder's number of the layer; null: chosen in every fold by its labels.</param>
public sealed class FrozenTeacher(string encoder, FeatureTable heard, int? layer = null) : ITeacher
{
    private readonly FeatureTable heard = heard ?? throw new ArgumentNullException(nameof(heard));
    private readonly Dictionary<string, FeatureTable> known = [];

    /// <inheritdoc/>
    public string Name => layer is { } one ? string.Create(CultureInfo.InvariantCulture, $"{encoder}, frozen, layer {one}") : $"{encoder}, frozen";

    /// <inheritdoc/>
    public bool IsControl => false;

    /// <inheritdoc/>
    public bool SeesOnlyTheShare { get; init; }

    /// <inheritdoc/>
    public FeatureTable Teach(Lesson lesson, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        if (heard.Layers == 1 && layer is null) return heard;
        if (layer is { } asked) return heard.Layer(Require.Between(0, heard.Layers - 1, asked - heard.FirstLayer, nameof(layer)));
        var key = string.Join(',', lesson.Known);
        return known.TryGetValue(key, out var table) ? table : known[key] = heard.Layer(BestLayer(lesson.Labelled, cancel) - heard.FirstLayer);
    }

    // Where a linear probe reads the emotion best, by the labels that may be used: nothing is chosen on clips that are reported.
    private int BestLayer(Corpus labelled, CancellationToken cancel)
    {
        var config = new ProbeConfig { WeightedSum = false, Similarity = false };
        return LayerProbe.Run(ProbeTask.Of(heard, labelled, labelled.Folds(Math.Min(5, labelled.Speakers.Count), seed: 1)), config, cancel: cancel).Best().Layer;
    }
}
