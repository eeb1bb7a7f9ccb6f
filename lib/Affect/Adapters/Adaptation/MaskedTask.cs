namespace Affect.Adapters.Adaptation;

/// <summary>Rebuilding hidden frames of clips, with or without labels.</summary>
/// <remarks>
/// Frames are hidden in what the front end gives (HuBERT's as in its pretraining, behind <c>masked_spec_embed</c>); so the blocks below the first
/// adapted one run anew for these batches, and only the front end, the dearest part, is taken from the cache. Hiding frames of the cached state
/// instead would be cheaper, but that state has already mixed every frame with its neighbours.
/// </remarks>
internal sealed class MaskedTask(
    AdaptedEncoder adapted, MaskedReconstruction reconstruction, LayerCache front, LayerCache target, AdaptationData data, IReadOnlyList<int> clips, AdaptationConfig config)
    : ITrainingTask
{
    public string Name => $"Rebuilding hidden frames with {adapted.Encoder.Name}";

    public string Recipe => $"{config.Recipe}\n{AdapterTraining.DigestOf(data, clips)}";

    public IReadOnlyList<TrainedParameter> Parameters =>
    [
        .. AdapterTraining.Adapted(adapted, rateFactor: 1),
        .. reconstruction.named_parameters().Select(named => new TrainedParameter($"reconstruction.{named.name}", named.parameter) { Decays = false }),
    ];

    public int Items => clips.Count;

    public IReadOnlyList<int>? Classes => null;

    public bool DrawsFromTorch => false;

    public string ItemName(int item) => data.Sounds.Clips[clips[item]].Id;

    public void SetTraining(bool training)
    {
        // Nothing here behaves differently in training.
    }

    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step) => new(Of([.. items.Select(item => clips[item])], step.Random));

    public IReadOnlyDictionary<string, double>? Validate() => null;

    /// <summary>The loss of some clips when some of their frames are hidden.</summary>
    internal Tensor Of(IReadOnlyList<int> batch, SeededRandom random)
    {
        // A few clips of like lengths at a time; each few counts by its clips.
        var parts = batch.OrderBy(clip => front.Frames[clip]).Chunk(4).Select(few => Together(few, random) * ((double)few.Length / batch.Count)).ToArray();
        return parts.Aggregate((sum, next) => sum + next);
    }

    private Tensor Together(int[] batch, SeededRandom random)
    {
        var sound = front.Batch(batch);
        var frames = sound.States.shape[1];
        var spans = MaskedReconstruction.Spans([.. batch.Select(clip => front.Frames[clip])], frames, config.Masking.Start, config.Masking.Span, random);
        var hidden = tensor(spans, new long[] { batch.Length, frames }, device: sound.States.device);
        var state = adapted.Encoder.FromFeatures(sound.States, sound.Padding, hidden)[^1];
        return reconstruction.Loss(state, target.Batch(batch).States, hidden);
    }
}
