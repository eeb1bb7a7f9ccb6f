namespace Affect.Alignment;

/// <summary>Brings clips' pictures near their frozen sound; no label plays a part.</summary>
/// <remarks>arXiv:2409.05015, stage 2.</remarks>
public sealed class AlignmentTask : ITrainingTask
{
    private readonly VisualAligner aligner;
    private readonly AlignmentClips clips;
    private readonly IReadOnlyList<int> train;
    private readonly IReadOnlyList<int> held;

    /// <param name="aligner">Its weights are changed; it stays the caller's.</param>
    /// <param name="clips">Pictures and sounds.</param>
    /// <param name="train">The clips to learn from, as positions in <paramref name="clips"/>; at least two.</param>
    /// <param name="held">Clips of other speakers, by whose retrieval the epoch is chosen; may be empty.</param>
    /// <param name="seed">The seed of the aligner's first weights, for the record.</param>
    /// <exception cref="ArgumentException">There are too few clips, or their sizes are not the aligner's.</exception>
    public AlignmentTask(VisualAligner aligner, AlignmentClips clips, IReadOnlyList<int> train, IReadOnlyList<int> held, int seed)
    {
        ArgumentNullException.ThrowIfNull(aligner);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(held);
        if (train.Count < 2) throw new ArgumentException($"train must hold at least 2 clips, so that there is another one, but holds {train.Count}.", nameof(train));
        if (clips.Visual.Dims != aligner.InputSize || clips.AcousticDims != aligner.OutputSize)
        {
            throw new ArgumentException(
                $"clips must have frames of {aligner.InputSize} and sounds of {aligner.OutputSize} numbers, but have {clips.Visual.Dims} and {clips.AcousticDims}.", nameof(clips));
        }
        (this.aligner, this.clips, this.train, this.held) = (aligner, clips, train, held);
        foreach (var parameter in aligner.parameters()) parameter.requires_grad = true;
        var trained = aligner.Config.Loss.LearnsTemperature ? aligner.named_parameters() : aligner.named_parameters().Where(one => one.name != "logit_scale");
        Parameters = [.. trained.Select(one => new TrainedParameter(one.name, one.parameter) { Decays = one.parameter.dim() > 1 && !one.name.EndsWith("positions", StringComparison.Ordinal) })];
        Recipe = $"{aligner.Config}{CodeIdentity.Of(aligner.Config.Loss)} seed {seed}, dropout of its own; {clips.Describe()}; learns from {string.Join(',', train)}; chooses by {string.Join(',', held)}";
    }

    /// <inheritdoc/>
    public string Name => "Aligning pictures with sound";

    /// <inheritdoc/>
    public string Recipe { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TrainedParameter> Parameters { get; }

    /// <inheritdoc/>
    public int Items => train.Count;

    /// <inheritdoc/>
    public IReadOnlyList<int>? Classes => null;

    /// <inheritdoc/>
    public bool DrawsFromTorch => false;

    /// <inheritdoc/>
    public string ItemName(int item) => clips.Visual.ClipIds[train[item]];

    /// <inheritdoc/>
    public void SetTraining(bool training) => aligner.train(training);

    /// <inheritdoc/>
    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(step);
        int[] batch = [.. items.Select(item => train[item])];
        var (frames, lengths) = clips.Visual.Batch(batch);
        var visual = aligner.call(frames, lengths);
        var queue = DrawQueue(batch, step.Random);
        var loss = aligner.Loss(
            visual, clips.Acoustic(batch), clips.Sources(batch), queue.Length == 0 ? null : clips.Acoustic(queue), queue.Length == 0 ? null : clips.Sources(queue));
        return new StepLoss(loss) { Parts = new Dictionary<string, double> { ["temperature"] = aligner.Temperature } };
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double>? Validate()
    {
        if (held.Count < 2) return null;
        var score = Retrieve(held);
        return new Dictionary<string, double> { ["mrr"] = score.MeanReciprocalRank, ["r@5"] = score.RecallAt5, ["median_rank"] = score.MedianRank };
    }

    /// <summary>How well some clips' pictures find their own sound among theirs.</summary>
    /// <param name="positions">The clips.</param>
    public RetrievalScore Retrieve(IReadOnlyList<int> positions)
    {
        using var scope = NewDisposeScope();
        return RetrievalScore.Of(aligner.Predict(clips.Visual.Select(positions)).ToTensor().squeeze(1), clips.Acoustic(positions));
    }

    // Further clips, none of the batch.
    private int[] DrawQueue(int[] batch, SeededRandom random)
    {
        if (aligner.Config.Loss.QueueSize == 0) return [];
        int[] others = [.. train.Except(batch)];
        random.Shuffle<int>(others);
        return [.. others.Take(aligner.Config.Loss.QueueSize)];
    }
}
