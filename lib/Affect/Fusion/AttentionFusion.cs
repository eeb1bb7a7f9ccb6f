namespace Affect.Fusion;

/// <summary>The MER2024 baseline's fusion: one weight per modality, computed from all embeddings, and the weighted sum of the embeddings.</summary>
/// <remarks>
/// Lian et al., <em>MER 2024</em>, arXiv:2404.17113, section 4; MERTools, MER2024/toolkit/models/attention.py (weights, names, logits and gradients agree).
/// Its code has no softmax over the weights; with <c>softmax</c>, which is off by default, there is one, over the modalities that are present (ours).
/// </remarks>
public sealed class AttentionFusion : EmbeddingFusion
{
    private readonly MlpEncoder attention_mlp;
    private readonly Linear fc_att;
    private readonly bool softmax;

    /// <param name="config">Modalities, classes, width.</param>
    /// <param name="softmax">Whether the weights are made to sum to 1.</param>
    public AttentionFusion(FusionConfig config, bool softmax = false)
        : base(config, "attention")
    {
        attention_mlp = new MlpEncoder(config.HiddenSize * config.Modalities.Count, config.HiddenSize, config.Dropout);
        fc_att = nn.Linear(config.HiddenSize, config.Modalities.Count);
        this.softmax = softmax;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override string Settings => softmax ? "softmax" : "";

    /// <inheritdoc/>
    protected override (Tensor Fused, Tensor? Weights) Fuse(IReadOnlyList<Tensor> embedded, ModalityBatch batch)
    {
        var scores = fc_att.call(attention_mlp.call(Guarded.Join([.. embedded], 1))); // [batch, modalities]
        if (softmax) scores = F.softmax(batch.Presence is null ? scores : scores.masked_fill(~batch.Presence, float.MinValue), dim: 1);
        return (stack([.. embedded], 2).Times(scores.unsqueeze(2)).squeeze(2), scores); // [batch, hidden]
    }
}
