namespace Affect.Fusion;

/// <summary>Embeddings side by side, then one hidden map with ReLU.</summary>
/// <remarks>Qi et al., arXiv:2409.07078, work on the concatenation [ẽ₁; …; ẽ_M]; the width and depth of the network behind it are not known and ours.</remarks>
public sealed class ConcatenationFusion : FusionModel
{
    private readonly ModalityEncoders encoders;
    private readonly Linear hidden;
    private readonly FusionHead head;

    /// <param name="config">Modalities, classes, width.</param>
    public ConcatenationFusion(FusionConfig config)
        : base("concat", config)
    {
        encoders = new ModalityEncoders(this, config);
        hidden = nn.Linear(config.HiddenSize * config.Modalities.Count, config.HiddenSize);
        register_module(nameof(hidden), hidden);
        head = new FusionHead(this, config, config.HiddenSize);
    }

    /// <inheritdoc/>
    public override FusionOutput forward(ModalityBatch batch)
    {
        using var scope = NewDisposeScope();
        var embedded = Config.Modalities.Select((_, m) => Present(encoders.Embed(Input(batch, m), m), batch, m)).ToArray();
        return head.Decide(F.relu(hidden.call(Guarded.Join(embedded, 1)))).MoveToOuterDisposeScope();
    }
}
