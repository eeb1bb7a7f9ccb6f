namespace Affect.Adapters.Adaptation;

/// <summary>
/// Chooses in every outer fold the neighbouring layers from which linear probes read the emotion best, by clips that the fold does not judge: what is reported has
/// not been chosen by.
/// </summary>
public sealed class LayerChooser
{
    private readonly FeatureTable features;
    private readonly Corpus corpus;
    private readonly Dictionary<string, LayerRange> known = new(StringComparer.Ordinal);

    /// <summary>Takes an encoder's layers of a corpus's clips.</summary>
    /// <param name="features">All layers of the clips.</param>
    /// <param name="corpus">The corpus, which folds' positions point into.</param>
    /// <exception cref="ArgumentException">There are fewer than two layers above the input.</exception>
    public LayerChooser(FeatureTable features, Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(corpus);
        Layers = features.FirstLayer + features.Layers - 1;
        if (Layers < 2) throw new ArgumentException($"features must have two layers above the input or more to choose from, but have {Layers}.", nameof(features));
        (this.features, this.corpus) = (features, corpus);
        Width = Layers / 2;
    }

    /// <summary>How many layers the encoder has.</summary>
    public int Layers { get; }

    /// <summary>How many neighbouring layers are chosen; half of the encoder's by default.</summary>
    public int Width { get; init; }

    /// <summary>Seed of the probes' folds.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether each speaker's features are brought to mean 0 and deviation 1 before they are probed.</summary>
    public bool NormalisesSpeakers { get; init; }

    /// <summary>The layers of a fold; computed when first asked for.</summary>
    /// <param name="fold">The fold, positions in the corpus.</param>
    /// <exception cref="ArgumentException">The fold has too few speakers.</exception>
    public LayerRange For(OuterFold fold) => For(fold, default);

    /// <inheritdoc cref="For(OuterFold)"/>
    /// <param name="fold">The fold, positions in the corpus.</param>
    /// <param name="cancel">Ends the work.</param>
    public LayerRange For(OuterFold fold, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(fold);
        var may = fold.ToFold().Train.Select(clip => corpus.Clips[clip].Id).ToHashSet(StringComparer.Ordinal);
        return Within(corpus.Labelled().Where(clip => may.Contains(clip.Id)), cancel);
    }

    /// <summary>The layers that some labelled clips choose; computed when first asked for.</summary>
    /// <param name="labelled">The clips that may choose.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">There is no clip, or there are too few speakers.</exception>
    public LayerRange Within(Corpus labelled, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(labelled);
        if (labelled.Clips.Count == 0) throw new ArgumentException($"labelled must hold clips that may choose layers, but {labelled.Name} has no labelled clip outside its test part.", nameof(labelled));
        var key = string.Join('\n', labelled.Clips.Select(clip => clip.Id));
        if (known.TryGetValue(key, out var range)) return range;
        var config = new ProbeConfig { WeightedSum = false, Similarity = false, NormaliseBySpeaker = NormalisesSpeakers };
        var curve = LayerProbe.Run(ProbeTask.Of(features, labelled, labelled.Folds(Math.Min(5, labelled.Speakers.Count), Seed)), config, cancel: cancel);
        return known[key] = curve.BestRange(Width).Range;
    }
}
