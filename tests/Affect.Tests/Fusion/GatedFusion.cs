namespace Affect.Tests.Fusion;

/// <summary>A fusion as a researcher writes it in a notebook's cell: public members alone.</summary>
public sealed class GatedFusion : EmbeddingFusion
{
    private readonly Linear gate;

    public GatedFusion(FusionConfig config)
        : base(config)
    {
        gate = nn.Linear(config.HiddenSize * config.Modalities.Count, config.Modalities.Count);
        RegisterComponents();
    }

    public static FusionChoice Choice { get; } = new("gated", config => new GatedFusion(config), "gated sum");

    protected override (Tensor Fused, Tensor? Weights) Fuse(IReadOnlyList<Tensor> embedded, ModalityBatch batch)
    {
        var weights = gate.call(cat([.. embedded], 1)).sigmoid(); // [batch, modalities]
        return ((stack([.. embedded], 2) * weights.unsqueeze(1)).sum(2), weights);
    }
}
