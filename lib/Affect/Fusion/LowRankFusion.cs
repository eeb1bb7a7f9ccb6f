namespace Affect.Fusion;

/// <summary>Tensor fusion with its weight as a sum of few rank-one tensors, so that the product is never written out.</summary>
/// <remarks>
/// Liu et al., <em>Efficient Low-rank Multimodal Fusion</em>, arXiv:1806.00064, section 3.2; MERTools, MER2024/toolkit/models/lmf.py (weights, names,
/// logits and gradients agree).
/// </remarks>
public sealed class LowRankFusion : EmbeddingFusion
{
    private readonly Parameter fusion_weights;
    private readonly Parameter fusion_bias;
    private readonly int rank;

    /// <param name="config">Modalities, classes, width.</param>
    /// <param name="rank">How many rank-one tensors; the baseline draws it from 3 to 6.</param>
    /// <param name="outputSize">The size of the fused representation; null: half the width, as in the baseline.</param>
    public LowRankFusion(FusionConfig config, int rank = 4, int? outputSize = null)
        : base(config, "lmf", SizeOf(config, outputSize))
    {
        this.rank = Require.AtLeast(1, rank, nameof(rank));
        var size = SizeOf(config, outputSize);
        foreach (var modality in config.Modalities) register_parameter(NameOf(modality), nn.Parameter(zeros(rank, config.HiddenSize + 1, size)));
        fusion_weights = nn.Parameter(ones(1, rank));
        fusion_bias = nn.Parameter(zeros(1, size));
        register_parameter(nameof(fusion_weights), fusion_weights);
        register_parameter(nameof(fusion_bias), fusion_bias);
        using var generator = new Generator(0);
        using var noGrad = no_grad();
        InitialiseOwn(generator);
    }

    /// <inheritdoc/>
    public override string Settings => FormattableString.Invariant($"rank {rank}");

    /// <inheritdoc/>
    protected override (Tensor Fused, Tensor? Weights) Fuse(IReadOnlyList<Tensor> embedded, ModalityBatch batch)
    {
        // Batch by batch, although one side is the same in all: matmul picks its way by whether gradients are wanted, and the last digit with it.
        var product = embedded.Select((one, m) => WithOne(one).unsqueeze(0).expand(fusion_weights.shape[1], -1, -1).bmm(Factor(m))) // [rank, batch, out]
            .Aggregate((product, part) => product * part);
        var weights = fusion_weights.unsqueeze(0).expand(batch.Count, -1, -1); // [batch, 1, rank]
        var fused = weights.bmm(product.permute(1, 0, 2)).squeeze(1) + fusion_bias; // [batch, out]
        return (fused, null);
    }

    // Xavier's normal rule, as in the baseline.
    /// <inheritdoc/>
    protected override void InitialiseOwn(Generator generator)
    {
        foreach (var factor in Enumerable.Range(0, Config.Modalities.Count).Select(Factor).Append(fusion_weights))
        {
            var (fanIn, fanOut) = factor.dim() == 3 ? (factor.shape[1] * factor.shape[2], factor.shape[0] * factor.shape[2]) : (factor.shape[1], factor.shape[0]);
            factor.normal_(0, Math.Sqrt(2.0 / (fanIn + fanOut)), generator);
        }
        fusion_bias.Clear();
    }

    // Asked for by name each time: moving a module to another device puts new parameters in the place of the old ones.
    private Parameter Factor(int modality) => get_parameter(NameOf(Config.Modalities[modality]))!;

    private static int SizeOf(FusionConfig config, int? outputSize) => outputSize ?? Math.Max(1, config.HiddenSize / 2);

    private static string NameOf(ModalityInput modality) => $"{modality.Theirs}_factor";
}
