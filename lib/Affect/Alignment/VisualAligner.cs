namespace Affect.Alignment;

/// <summary>A clip's pictures as one vector in the space of its sound: a small temporal transformer over frame features, and a learned temperature.</summary>
/// <remarks>arXiv:2409.05015, stage 2; see <see cref="AlignmentConfig"/> for what of it is our inference.</remarks>
public sealed partial class VisualAligner : Module<Tensor, Tensor, Tensor>
{
    private const int ClipsAtOnce = 64;

    private readonly TemporalTransformer temporal;
    private readonly Parameter logit_scale; // [1]

    /// <summary>An aligner that has learned nothing.</summary>
    /// <param name="config">How.</param>
    /// <param name="inputSize">How many numbers a frame has.</param>
    /// <param name="outputSize">How many numbers a clip has in the acoustic space.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public VisualAligner(AlignmentConfig config, int inputSize, int outputSize, int seed)
        : base(nameof(VisualAligner))
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.LeastTemperature > config.GreatestTemperature)
            throw new ArgumentException($"LeastTemperature must be at most GreatestTemperature = {config.GreatestTemperature}, but is {config.LeastTemperature}.", nameof(config));
        Config = config;
        temporal = new TemporalTransformer(
            new TemporalConfig
            {
                InputSize = inputSize,
                OutputSize = outputSize,
                HiddenSize = config.HiddenSize,
                Layers = config.Layers,
                Heads = config.Heads,
                Dropout = config.Dropout,
            },
            seed);
        logit_scale = nn.Parameter(full(new long[] { 1 }, (float)-Math.Log(config.Temperature)));
        RegisterComponents();
    }

    /// <summary>How it was aligned.</summary>
    public AlignmentConfig Config { get; }

    /// <summary>How many numbers a frame has.</summary>
    public int InputSize => temporal.Config.InputSize;

    /// <summary>How many numbers a clip has.</summary>
    public int OutputSize => temporal.Config.OutputSize;

    /// <summary>What cosines are divided by now.</summary>
    public double Temperature
    {
        get
        {
            using var scope = NewDisposeScope();
            return Math.Exp(-Scale().ToDouble());
        }
    }

    /// <param name="frames"><c>[clips, frames, in]</c></param>
    /// <param name="lengths"><c>[clips]</c>, the valid frames of each.</param>
    /// <returns><c>[clips, out]</c></returns>
    public override Tensor forward(Tensor frames, Tensor lengths) => temporal.call(frames, lengths);

    /// <summary>How far clips' pictures are from their sounds.</summary>
    /// <param name="visual"><c>[clips, out]</c></param>
    /// <param name="acoustic"><c>[clips, out]</c>, frozen; row i belongs to row i.</param>
    /// <param name="sources"><c>[clips]</c>, Int64: clips of one source are not each other's negatives.</param>
    /// <param name="queue"><c>[queue, out]</c>, sounds of further clips, for a loss that takes them; null: none.</param>
    /// <param name="queueSources"><c>[queue]</c>, Int64: their sources.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">A shape is wrong.</exception>
    public Tensor Loss(Tensor visual, Tensor acoustic, Tensor sources, Tensor? queue = null, Tensor? queueSources = null)
    {
        visual.Shape([-1, OutputSize], "[clips, out]");
        acoustic.Shape(visual.shape, "[clips, out]");
        sources.Shape([visual.shape[0]], "[clips]");
        using var scope = NewDisposeScope();
        var batch = new AlignmentBatch(visual, acoustic.detach(), sources.unsqueeze(1).eq(sources.unsqueeze(0)), Scale())
        {
            Queue = queue?.detach(),
            SameSourceQueue = queueSources is null ? null : sources.unsqueeze(1).eq(queueSources.unsqueeze(0)),
        };
        return Config.Loss.Of(batch).MoveToOuterDisposeScope();
    }

    /// <summary>The vectors that clips have in the space of their sound, from their pictures; without dropout and without gradients.</summary>
    /// <param name="table">The clips' frames.</param>
    /// <returns>A table of one layer.</returns>
    /// <exception cref="ArgumentException">The frames are of another size.</exception>
    public FeatureTable Predict(SequenceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Dims != InputSize) throw new ArgumentException($"table must hold frames of {InputSize} numbers, but holds frames of {table.Dims}: it was made by another encoder.", nameof(table));
        var values = new float[table.ClipIds.Count * OutputSize];
        var wasTraining = training;
        eval();
        try
        {
            for (var first = 0; first < table.ClipIds.Count; first += ClipsAtOnce)
            {
                Interruption.Check();
                using var scope = NewDisposeScope();
                using var noGrad = no_grad();
                int[] clips = [.. Enumerable.Range(first, Math.Min(ClipsAtOnce, table.ClipIds.Count - first))];
                var (frames, lengths) = table.Batch(clips, logit_scale.device);
                forward(frames, lengths).cpu().data<float>().ToArray().CopyTo(values.AsSpan(first * OutputSize));
            }
        }
        finally
        {
            train(wasTraining);
        }
        return new FeatureTable(table.ClipIds, values, layers: 1, OutputSize);
    }

    private Tensor Scale() => logit_scale.clamp(-Math.Log(Config.GreatestTemperature), -Math.Log(Config.LeastTemperature));
}
