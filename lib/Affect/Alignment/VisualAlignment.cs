namespace Affect.Alignment;

/// <summary>Aligns a corpus's pictures with its frozen sound: a new aligner, trained on clips without their labels.</summary>
/// <remarks>arXiv:2409.05015, stage 2.</remarks>
public static class VisualAlignment
{
    private const double HeldShare = 0.2;

    /// <summary>
    /// A training that aligns: batches count as a whole, and the last epoch is kept. With a criterion (<c>mrr</c>, <c>r@5</c>) a fifth of the speakers is kept
    /// aside, and the epoch is that by which their pictures find their sound best.
    /// </summary>
    public static TrainerConfig Training { get; } = new() { Epochs = 20, BatchSize = 96, LearningRate = 1e-3, WeightDecay = 0.05, Criterion = null };

    /// <summary>Trains an aligner.</summary>
    /// <param name="clips">Pictures and sounds.</param>
    /// <param name="learn">The clips to learn from, as positions.</param>
    /// <param name="config">How.</param>
    /// <param name="trainer">How it is trained; its seed decides weights, too. Null: <see cref="Training"/>.</param>
    /// <param name="framesKey">The key of the frames' recipe, for the file.</param>
    /// <param name="runFolder">Where record and state are kept; null: nowhere.</param>
    /// <param name="progress">Receives progress after every step; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>The aligner, frozen and in evaluation mode, the caller's to dispose; and how the training went.</returns>
    /// <exception cref="ArgumentException">There are too few clips or speakers.</exception>
    public static (VisualAligner Aligner, TrainingResult Result) Fit(
        AlignmentClips clips, IReadOnlyList<int> learn, AlignmentConfig config, TrainerConfig? trainer = null, string framesKey = "", string? runFolder = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(learn);
        ArgumentNullException.ThrowIfNull(config);
        trainer ??= Training;
        var aligner = new VisualAligner(config, clips.Visual.Dims, clips.AcousticDims, trainer.Seed) { FramesKey = framesKey };
        try
        {
            var (train, held) = trainer.Criterion is null ? ([.. learn], []) : Divide(clips, learn, trainer.Seed);
            var result = new Trainer(trainer).Run(new AlignmentTask(aligner, clips, train, held, trainer.Seed), runFolder, progress, cancel);
            foreach (var parameter in aligner.parameters()) parameter.requires_grad = false;
            return (aligner, result);
        }
        catch
        {
            aligner.Dispose();
            throw;
        }
    }

    private static (List<int> Train, List<int> Held) Divide(AlignmentClips clips, IReadOnlyList<int> learn, int seed)
    {
        var speakers = learn.Select(clip => clips.Clips[clip].Speaker).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (speakers.Length < 2) throw new ArgumentException($"learn must hold clips of at least 2 speakers, so that one can be kept aside, but holds clips of {speakers.Length}.", nameof(learn));
        new SeededRandom(seed, "speakers kept aside").Shuffle(speakers.AsSpan());
        var aside = speakers.Take(Math.Max(1, (int)Math.Round(HeldShare * speakers.Length))).ToHashSet(StringComparer.Ordinal);
        return ([.. learn.Where(clip => !aside.Contains(clips.Clips[clip].Speaker))], [.. learn.Where(clip => aside.Contains(clips.Clips[clip].Speaker))]);
    }
}
