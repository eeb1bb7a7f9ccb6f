namespace Affect.Fusion;

/// <summary>Each modality's frames look at the frames of all others through transformer blocks; their means, side by side, decide.</summary>
/// <remarks>
/// After Tsai et al., <em>Multimodal Transformer for Unaligned Multimodal Language Sequences</em> (MulT), arXiv:1906.00295, section 3. Simpler, and ours:
/// one stream per modality that attends to all other modalities at once instead of one per ordered pair, no convolution in front, a mean over frames
/// instead of a second transformer and its last frame, sine positions added once, and a learned key that is always there, so that a clip with
/// one modality only has something to attend to. A clip's vector counts as a sequence of one frame.
/// </remarks>
public sealed class CrossModalFusion : FusionModel
{
    private readonly Linear[] projections;
    private readonly CrossModalBlock[][] streams;
    private readonly LayerNorm[] norms;
    private readonly Parameter nothing; // [1, 1, hidden]
    private readonly Linear hidden;
    private readonly FusionHead head;
    private readonly (int Layers, int Heads) shape;

    /// <param name="config">Modalities, classes, width; the width is a multiple of the heads.</param>
    /// <param name="layers">Blocks per modality.</param>
    /// <param name="heads">Attention heads.</param>
    public CrossModalFusion(FusionConfig config, int layers = 2, int heads = 4)
        : base(config, "cross")
    {
        ArgumentNullException.ThrowIfNull(config);
        shape = (Require.AtLeast(1, layers, nameof(layers)), Require.AtLeast(1, heads, nameof(heads)));
        if (config.HiddenSize % heads != 0) throw new ArgumentException($"HiddenSize must be a multiple of the {heads} heads, but is {config.HiddenSize}.", nameof(config));
        projections = [.. config.Modalities.Select(modality => nn.Linear(modality.Size, config.HiddenSize))];
        streams = [.. config.Modalities.Select(_ => Enumerable.Range(0, layers).Select(_ => new CrossModalBlock(config.HiddenSize, heads, config.Dropout)).ToArray())];
        norms = [.. config.Modalities.Select(_ => nn.LayerNorm(config.HiddenSize))];
        nothing = nn.Parameter(zeros(1, 1, config.HiddenSize));
        hidden = nn.Linear(config.HiddenSize * config.Modalities.Count, config.HiddenSize);
        for (var m = 0; m < config.Modalities.Count; m++)
        {
            var theirs = config.Modalities[m].Theirs;
            register_module($"{theirs}_projection", projections[m]);
            for (var layer = 0; layer < layers; layer++) register_module($"{theirs}_block_{layer}", streams[m][layer]);
            register_module($"{theirs}_norm", norms[m]);
        }
        register_parameter(nameof(nothing), nothing);
        register_module(nameof(hidden), hidden);
        head = new FusionHead(this, config, config.HiddenSize);
    }

    /// <inheritdoc/>
    public override bool TakesSequences => true;

    /// <inheritdoc/>
    public override string Settings => FormattableString.Invariant($"{shape.Layers} blocks, {shape.Heads} heads");

    /// <inheritdoc/>
    public override FusionOutput forward(ModalityBatch batch)
    {
        using var scope = NewDisposeScope();
        var masks = Enumerable.Range(0, projections.Length).Select(m => Mask(batch, m)).ToArray();
        var frames = Enumerable.Range(0, projections.Length).Select(m => Frames(batch, m, masks[m])).ToArray();
        var pooled = new Tensor[frames.Length];
        for (var m = 0; m < frames.Length; m++)
        {
            var others = Enumerable.Range(0, frames.Length).Where(other => other != m).ToArray();
            var keys = Guarded.Join([nothing.expand(batch.Count, 1, Config.HiddenSize), .. others.Select(other => frames[other])], 1);
            var valid = Guarded.Join([ones(batch.Count, 1, dtype: ScalarType.Bool, device: keys.device), .. others.Select(other => masks[other])], 1);
            var stream = frames[m];
            foreach (var block in streams[m]) stream = block.call(stream, keys, FrameMask.Keys(valid));
            pooled[m] = Present(Mean(norms[m].call(stream), masks[m]), batch, m);
        }
        return head.Decide(F.relu(hidden.call(Guarded.Join(pooled, 1)))).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void InitialiseOwn(Generator generator) => nothing.normal_(0, 0.02, generator);

    // [batch, frames], Bool: frames of a missing modality are not valid either.
    private static Tensor Mask(ModalityBatch batch, int modality)
    {
        var features = batch.Features[modality];
        var frames = features.dim() == 3 ? features.shape[1] : 1;
        var mask = batch.FrameMasks?[modality] ?? ones(batch.Count, frames, dtype: ScalarType.Bool, device: features.device);
        return batch.Presence is null ? mask : mask & batch.Presence.select(1, modality).unsqueeze(1);
    }

    private Tensor Frames(ModalityBatch batch, int modality, Tensor mask)
    {
        var features = batch.Features[modality];
        if (features.dim() == 2) features = features.unsqueeze(1);
        // What is not valid may be anything, even not a number.
        var kept = features.masked_fill((~mask).unsqueeze(2), 0);
        if (training && Config.Dropout > 0) kept = SeededDropout.Apply(kept, Config.Dropout);
        return projections[modality].call(kept) + Positions(features.shape[1], features.device);
    }

    // Vaswani et al., arXiv:1706.03762, section 3.5.
    private Tensor Positions(long frames, Device device)
    {
        var size = Config.HiddenSize;
        var place = arange(frames, dtype: ScalarType.Float32, device: device).unsqueeze(1);
        var rate = (arange((size + 1) / 2, dtype: ScalarType.Float32, device: device) * (-2 * Math.Log(10_000) / size)).exp().unsqueeze(0);
        var angle = place * rate; // [frames, (hidden + 1) / 2]
        return stack([angle.sin(), angle.cos()], 2).flatten(1).narrow(1, 0, size).unsqueeze(0);
    }

    // A clip without a valid frame gives 0.
    private static Tensor Mean(Tensor frames, Tensor mask)
    {
        var counted = mask.unsqueeze(2);
        return frames.masked_fill(~counted, 0).sum(new long[] { 1 }) / counted.sum(new long[] { 1 }).clamp(min: 1);
    }
}
