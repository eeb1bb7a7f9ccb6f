namespace Affect.Fusion;

/// <summary>Trains a fusion on the learning side of a fold and measures it on the held side.</summary>
internal sealed class FusionTask : ITrainingTask, IDisposable
{
    private readonly FusionTrainingConfig config;
    private readonly FusionData data;
    private readonly IFusion fusion;
    private readonly int[] train;
    private readonly int[] held;
    private readonly ModalityBatch learned;
    private readonly ModalityBatch measured;
    private readonly Tensor labels;
    private readonly Tensor? weights;
    private readonly ModalityDropout dropout;

    internal FusionTask(FusionTrainingConfig config, FusionData data, Fold fold, FeatureStandardisation standardisation, IFusion fusion, int seed, Device? device)
    {
        (this.config, this.data, this.fusion) = (config, data, fusion);
        (train, held) = ([.. fold.Train], [.. fold.Held]);
        dropout = new ModalityDropout { Probability = config.ModalityDropout };
        Recipe = $"{config}; dropout of its own; {fusion.Name} {fusion.Settings}{CodeIdentity.Of(fusion)}; {fusion.Config}; {string.Join("; ", data.Features.Select(features => $"{features.Modality}: {features.Source}"))}; {data.Corpus.Name} fold {fold.Index} of seed {seed}, {train.Length} clips {data.Digest([.. train, .. held])}";
        Classes = [.. train.Select(clip => data.Corpus.Labels[clip])];
        Parameters = [.. fusion.Weights.Where(weight => !weight.Name.StartsWith("fc_out_2.", StringComparison.Ordinal)).Select(weight => new TrainedParameter(weight.Name, weight.Parameter))];
        using var scope = NewDisposeScope();
        learned = Keep(data.Batch(train, standardisation, device));
        measured = Keep(data.Batch(held, standardisation, device));
        labels = tensor([.. Classes.Select(label => (long)label)], dtype: ScalarType.Int64, device: device ?? CPU).DetachFromDisposeScope();
        weights = config.WeighsClasses ? Weights(Classes, data.Corpus.Emotions.Count, device).DetachFromDisposeScope() : null;
    }

    public string Name => $"Fusing {string.Join(", ", data.Modalities)}: {config.Variant}";

    public string Recipe { get; }

    public IReadOnlyList<TrainedParameter> Parameters { get; }

    public int Items => train.Length;

    public IReadOnlyList<int> Classes { get; }

    public bool DrawsFromTorch => fusion.DrawsFromTorch;

    public string ItemName(int item) => data.Corpus.Clips[train[item]].Id;

    public void SetTraining(bool training) => fusion.SetTraining(training);

    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
    {
        var rows = tensor([.. items.Select(item => (long)item)], dtype: ScalarType.Int64, device: labels.device);
        var batch = new ModalityBatch
        {
            Features = [.. learned.Features.Select(features => features.index_select(0, rows))],
            Presence = learned.Presence!.index_select(0, rows),
        };
        var target = labels.index_select(0, rows);
        var logits = fusion.Fuse(dropout.Apply(batch, step.Random)).Logits;
        return new StepLoss(F.cross_entropy(logits, target, weight: weights))
        {
            Parts = new Dictionary<string, double> { ["accuracy"] = logits.argmax(1).eq(target).to(ScalarType.Float32).mean().ToDouble() },
        };
    }

    public IReadOnlyDictionary<string, double>? Validate()
    {
        var complete = ScoresOf(fusion.Fuse(measured).Logits.argmax(1).cpu().data<long>().Select(label => (int)label));
        var metrics = new Dictionary<string, double> { ["waf"] = complete.Waf, ["accuracy"] = complete.Accuracy, ["uar"] = complete.Uar };
        if (config.Training.Criterion == FusionTrainingConfig.OverSubsets)
            metrics[FusionTrainingConfig.OverSubsets] = MissingModalities.Run(fusion, measured).Average(shown => ScoresOf(Decided(shown.Logits)).Waf);
        return metrics;
    }

    public void Dispose()
    {
        foreach (var batch in new[] { learned, measured })
        {
            foreach (var features in batch.Features) features.Dispose();
            batch.Presence?.Dispose();
        }
        labels.Dispose();
        weights?.Dispose();
    }

    private Scores ScoresOf(IEnumerable<int> predicted) => Scores.Of([.. held.Select(clip => data.Corpus.Labels[clip])], [.. predicted], data.Corpus.Emotions.Count);

    private IEnumerable<int> Decided(float[] logits) => logits.Chunk(data.Corpus.Emotions.Count).Select(row => Array.IndexOf(row, row.Max()));

    private static ModalityBatch Keep(ModalityBatch batch)
    {
        foreach (var features in batch.Features) features.DetachFromDisposeScope();
        batch.Presence?.DetachFromDisposeScope();
        return batch;
    }

    // n / (classes · n of the class): the mean weight over clips is 1.
    private static Tensor Weights(IReadOnlyList<int> classes, int count, Device? device)
    {
        var counts = new int[count];
        foreach (var label in classes) counts[label]++;
        return tensor([.. counts.Select(n => n == 0 ? 0f : (float)classes.Count / (count * n))], device: device ?? CPU);
    }
}
