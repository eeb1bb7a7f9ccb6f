namespace Affect.Fusion;

/// <summary>The outer product of all embeddings, each with a 1 before it, so that single modalities and pairs are in it too.</summary>
/// <remarks>
/// Zadeh et al., <em>Tensor Fusion Network</em>, arXiv:1707.07250, section 4.2; MERTools, MER2024/toolkit/models/tfn.py (weights, names, logits and
/// gradients agree where the modalities come as acoustic, visual, lexical).
/// </remarks>
public sealed class TensorFusion : FusionModel
{
    private const long MostProducts = 1 << 22;

    private readonly ModalityEncoders encoders;
    private readonly Linear post_fusion_layer_1;
    private readonly Linear post_fusion_layer_2;
    private readonly FusionHead head;

    /// <param name="config">Modalities, classes, width; the product has (width + 1) ^ modalities numbers.</param>
    /// <param name="outputSize">The size of the fused representation; null: the width.</param>
    /// <exception cref="ArgumentException">The product would be too large.</exception>
    public TensorFusion(FusionConfig config, int? outputSize = null)
        : base("tfn", config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var products = Math.Pow(config.HiddenSize + 1, config.Modalities.Count);
        if (products > MostProducts)
            throw new ArgumentException(FormattableString.Invariant($"The product of {config.Modalities.Count} embeddings of {config.HiddenSize} has {products:0} numbers, more than {MostProducts}; choose a smaller HiddenSize."), nameof(config));
        var size = outputSize ?? config.HiddenSize;
        encoders = new ModalityEncoders(this, config);
        post_fusion_layer_1 = nn.Linear((long)products, size);
        post_fusion_layer_2 = nn.Linear(size, size);
        register_module(nameof(post_fusion_layer_1), post_fusion_layer_1);
        register_module(nameof(post_fusion_layer_2), post_fusion_layer_2);
        head = new FusionHead(this, config, size);
    }

    /// <inheritdoc/>
    public override FusionOutput forward(ModalityBatch batch)
    {
        using var scope = NewDisposeScope();
        Tensor? product = null;
        for (var m = 0; m < Config.Modalities.Count; m++)
        {
            var embedded = Present(encoders.Embed(Input(batch, m), m), batch, m);
            var one = Guarded.Join([ones(embedded.shape[0], 1, dtype: embedded.dtype, device: embedded.device), embedded], 1); // [batch, hidden + 1]
            product = product is null ? one : product.unsqueeze(2).bmm(one.unsqueeze(1)).flatten(1);
        }
        var kept = training && Config.Dropout > 0 ? SeededDropout.Apply(product!, Config.Dropout) : product!;
        return head.Decide(F.relu(post_fusion_layer_2.call(F.relu(post_fusion_layer_1.call(kept))))).MoveToOuterDisposeScope();
    }
}
