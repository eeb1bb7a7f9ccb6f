namespace Affect.Fusion;

/// <summary>Embeddings side by side, then one hidden map with ReLU.</summary>
/// <remarks>Qi et al., arXiv:2409.07078, work on the concatenation [ẽ₁; …; ẽ_M]; the width and depth of the network behind it are not known and ours.</remarks>
public sealed class ConcatenationFusion : EmbeddingFusion
{
    private readonly Linear hidden;

    /// <param name="config">Modalities, classes, width.</param>
    public ConcatenationFusion(FusionConfig config)
        : base(config, "concat")
    {
        hidden = nn.Linear(config.HiddenSize * config.Modalities.Count, config.HiddenSize);
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override (Tensor Fused, Tensor? Weights) Fuse(IReadOnlyList<Tensor> embedded, ModalityBatch batch) => (F.relu(hidden.call(Guarded.Join([.. embedded], 1))), null);
}
