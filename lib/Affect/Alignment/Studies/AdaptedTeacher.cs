namespace Affect.Alignment.Studies;

/// <summary>
/// An encoder that was adapted in its best layers, by the labels that may be used and no others: in every fold anew, the layers chosen there too. What an earlier
/// run adapted is taken from the cache.
/// </summary>
/// <remarks>arXiv:2409.05015: the acoustic side of stage 2 is the adapted encoder of stage 1, frozen.</remarks>
public sealed class AdaptedTeacher : ITeacher
{
    private readonly Adaptations adaptations;
    private readonly FeatureTable heard;
    private readonly string encoder;
    private readonly Dictionary<bool, LayerChooser> choosers = []; // with and without speakers normalised: whoever adapts with it, chooses with it

    /// <summary>Takes an encoder and a corpus.</summary>
    /// <param name="encoder">What to call the encoder.</param>
    /// <param name="adaptations">Of the corpus that will be aligned; stays the caller's.</param>
    /// <param name="heard">All layers of the frozen encoder's clips, by which the layers to adapt are chosen.</param>
    /// <exception cref="ArgumentException">The table has fewer than two blocks to choose from.</exception>
    public AdaptedTeacher(string encoder, Adaptations adaptations, FeatureTable heard)
    {
        ArgumentException.ThrowIfNullOrEmpty(encoder);
        ArgumentNullException.ThrowIfNull(adaptations);
        ArgumentNullException.ThrowIfNull(heard);
        if (heard.Layers + heard.FirstLayer < 3) throw new ArgumentException($"heard must hold all layers of the encoder, two blocks or more, but holds {heard.Layers}.", nameof(heard));
        (this.encoder, this.adaptations, this.heard) = (encoder, adaptations, heard);
    }

    /// <summary>How it is adapted, for some layers and a seed; by default by bottlenecks.</summary>
    public Func<LayerRange?, int, AdaptationConfig> Recipe { get; init; } = (layers, seed) => AdaptationRecipes.For(new BottleneckConfig(), layers, seed);

    /// <summary>The layers to adapt; null: chosen in every fold by its labels, half of the encoder's.</summary>
    public LayerRange? Layers { get; init; }

    /// <summary>The seed of every adaptation, so that seeds of aligners share one where they share their folds; null: the aligner's.</summary>
    public int? Seed { get; init; }

    /// <inheritdoc/>
    public string Name => $"{encoder}, adapted{(SeesOnlyTheShare ? " with the probe's labels alone" : "")}";

    /// <inheritdoc/>
    public bool IsControl => false;

    /// <inheritdoc/>
    public bool SeesOnlyTheShare { get; init; }

    /// <inheritdoc/>
    public FeatureTable Teach(Lesson lesson, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(lesson);
        var taught = lesson.Taught;
        if (taught.Train.Count == 0 || taught.Choose.Count == 0)
        {
            throw new ArgumentException(
                $"lesson must hold labels to adapt by and labels of others to choose the epoch by, but holds {taught.Train.Count} and {taught.Choose.Count}; give it a larger share, or take another teacher.", nameof(lesson));
        }
        var normalises = Of(null).NormalisesSpeakers;
        var chooser = choosers.TryGetValue(normalises, out var had) ? had : choosers[normalises] = new LayerChooser(heard, lesson.Corpus) { NormalisesSpeakers = normalises };
        return adaptations.Fold(Of(Layers ?? chooser.Within(lesson.Labelled, cancel)), taught, cancel: cancel).Features;

        AdaptationConfig Of(LayerRange? layers) => Recipe(layers, Seed ?? lesson.Seed);
    }
}
