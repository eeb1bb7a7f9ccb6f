namespace Affect.Fusion;

/// <summary>The outer product of all embeddings, each with a 1 before it, so that single modalities and pairs are in it too.</summary>
/// <remarks>
/// Zadeh et al., <em>Tensor Fusion Network</em>, arXiv:1707.07250, section 4.2; MERTools, MER2024/toolkit/models/tfn.py (weights, names, logits and
/// gradients agree where the modalities come as acoustic, visual, lexical).
/// </remarks>
public sealed class TensorFusion : EmbeddingFusion
{
    private const long MostProducts = 1 << 22;

    private readonly Linear post_fusion_layer_1;
    private readonly Linear post_fusion_layer_2;

    /// <param name="config">Modalities, classes, width; the product has (width + 1) ^ modalities numbers.</param>
    /// <param name="outputSize">The size of the fused representation; null: the width.</param>
    /// <exception cref="ArgumentException">The product would be too large.</exception>
    public TensorFusion(FusionConfig config, int? outputSize = null)
        : base(config, "tfn", outputSize)
    {
        var products = Math.Pow(config.HiddenSize + 1, config.Modalities.Count);
        if (products > MostProducts)
            throw new ArgumentException(FormattableString.Invariant($"The product of {config.Modalities.Count} embeddings of {config.HiddenSize} has {products:0} numbers, more than {MostProducts}; choose a smaller HiddenSize."), nameof(config));
        var size = outputSize ?? config.HiddenSize;
        post_fusion_layer_1 = nn.Linear((long)products, size);
        post_fusion_layer_2 = nn.Linear(size, size);
        RegisterComponents();
    }

    /// <inheritdoc/>
    protected override (Tensor Fused, Tensor? Weights) Fuse(IReadOnlyList<Tensor> embedded, ModalityBatch batch)
    {
        var product = embedded.Select(WithOne).Aggregate((product, one) => product.unsqueeze(2).bmm(one.unsqueeze(1)).flatten(1));
        var kept = training && Config.Dropout > 0 ? SeededDropout.Apply(product, Config.Dropout) : product;
        return (F.relu(post_fusion_layer_2.call(F.relu(post_fusion_layer_1.call(kept)))), null);
    }
}
