namespace Affect.Adapters.Adaptation;

/// <summary>Naming the emotion of labelled clips; with rebuilding hidden frames beside it where that is asked for.</summary>
internal sealed class LabelledTask : ITrainingTask
{
    private const int Together = 4;

    private readonly AdaptedEncoder adapted;
    private readonly LayerCache prefix;
    private readonly AdaptationData data;
    private readonly IReadOnlyList<int> learn;
    private readonly IReadOnlyList<int> held;
    private readonly AdaptationConfig config;
    private readonly MaskedTask? joint;
    private readonly float[]? weights;

    internal LabelledTask(AdaptedEncoder adapted, LayerCache prefix, AdaptationData data, Fold inner, AdaptationConfig config, MaskedTask? joint)
    {
        (this.adapted, this.prefix, this.data, this.config, this.joint) = (adapted, prefix, data, config, joint);
        (learn, held) = (inner.Train, inner.Held);
        Classes = [.. learn.Select(clip => data.Labels[clip])];
        weights = config.WeighsClasses ? Weights(Classes, adapted.Head.Classes) : null;
    }

    public string Name => $"Adapting {adapted.Encoder.Name}";

    public string Recipe => $"{config.Recipe}\n{AdapterTraining.DigestOf(data, learn)}\n{AdapterTraining.DigestOf(data, held)}";

    public IReadOnlyList<TrainedParameter> Parameters =>
    [
        .. AdapterTraining.Adapted(adapted, rateFactor: 1),
        .. adapted.Head.named_parameters().Where(named => adapted.Head.Layers > 1 || named.name != "layer_weights")
            .Select(named => new TrainedParameter($"head.{named.name}", named.parameter) { RateFactor = config.HeadRate / config.Training.LearningRate, Decays = named.parameter.dim() > 1 }),
        .. joint is null ? [] : joint.Parameters.Where(parameter => parameter.Name.StartsWith("reconstruction.", StringComparison.Ordinal)),
    ];

    public int Items => learn.Count;

    public IReadOnlyList<int> Classes { get; }

    public bool DrawsFromTorch => false;

    public string ItemName(int item) => data.Sounds.Clips[learn[item]].Id;

    public void SetTraining(bool training) => adapted.Head.train(training);

    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
    {
        int[] clips = [.. items.Select(item => learn[item])];
        // A few clips of like lengths at a time: what is padded costs as much as what is not.
        clips = [.. clips.OrderBy(clip => prefix.Frames[clip])];
        var pooled = clips.Chunk(Together).Select(few => Pool(few, step.Random)).ToArray();
        var logits = adapted.Head.Decide(Guarded.Join(pooled, 0), step.Random);
        var target = tensor(clips.Select(clip => (long)data.Labels[clip]).ToArray(), dtype: ScalarType.Int64, device: logits.device);
        var each = F.cross_entropy(logits, target, reduction: nn.Reduction.None, label_smoothing: config.LabelSmoothing);
        if (weights is not null) each = each * tensor(clips.Select(clip => weights[data.Labels[clip]]).ToArray(), device: logits.device);
        var loss = each.mean();
        var parts = new Dictionary<string, double>
        {
            ["ce"] = (double)loss.detach(),
            ["accuracy"] = (double)logits.detach().argmax(1).eq(target).to(ScalarType.Float32).mean(),
        };
        if (joint is null) return new StepLoss(loss) { Parts = parts };
        int[] heard = [.. clips.Select(_ => step.Random.Below(joint.Items))];
        var rebuilt = joint.Loss(heard, step).Loss;
        parts["mask"] = (double)rebuilt.detach();
        return new StepLoss(loss + rebuilt * config.Masking.JointWeight) { Parts = parts };
    }

    public IReadOnlyDictionary<string, double>? Validate()
    {
        var decided = adapted.Read(prefix, data.Sounds, held).Predicted;
        var scores = Scores.Of([.. held.Select(clip => data.Labels[clip])], decided, adapted.Head.Classes);
        return new Dictionary<string, double> { ["waf"] = scores.Waf, ["uar"] = scores.Uar, ["accuracy"] = scores.Accuracy };
    }

    private Tensor Pool(int[] clips, SeededRandom random)
    {
        long? most = config.CropSeconds > 0 ? Math.Max(1, (long)(config.CropSeconds * FramesPerSecond(adapted.Encoder))) : null;
        var padded = prefix.Batch(clips, most, random);
        if (config.SilenceStart > 0)
        {
            long[] lengths = [.. clips.Select(clip => Math.Min(prefix.Frames[clip], most ?? long.MaxValue))];
            var spans = MaskedReconstruction.Spans(lengths, padded.States.shape[1], config.SilenceStart, config.SilenceSpan, random);
            padded = padded with { States = padded.States.masked_fill(tensor(spans, new long[] { clips.Length, padded.States.shape[1], 1 }, device: padded.States.device), 0) };
        }
        return adapted.Head.Pool(adapted.States(prefix, padded, [.. clips.Select(clip => data.Sounds.Clips[clip].Speaker)]), padded.Lengths);
    }

    // 50 of HuBERT. Measured over a long time, since a rate need not be a whole number.
    internal static double FramesPerSecond(ISpeechTransformer encoder)
    {
        const int seconds = 100;
        return (encoder.Frames(encoder.MinimumSamples + (seconds * encoder.SampleRate)) - encoder.Frames(encoder.MinimumSamples)) / (double)seconds;
    }

    private static float[] Weights(IReadOnlyList<int> labels, int classes) =>
        [.. Enumerable.Range(0, classes).Select(label => labels.Count(other => other == label) is var count and > 0 ? (float)labels.Count / (classes * count) : 0)];
}
