namespace Affect.Encoders.Transformer;

/// <summary>A transformer block whose norms come before attention and before the position-wise network; names as in transformers' CLIP.</summary>
public sealed class PreNormBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly SelfAttention self_attn;
    private readonly LayerNorm layer_norm1;
    private readonly Module<Tensor, Tensor> mlp;
    private readonly LayerNorm layer_norm2;
    private readonly double dropout;

    /// <param name="config">The block's shape.</param>
    /// <exception cref="ArgumentException">The hidden size is no multiple of the heads.</exception>
    public PreNormBlock(BlockConfig config)
        : base(nameof(PreNormBlock))
    {
        ArgumentNullException.ThrowIfNull(config);
        BlockConfig.Validate(config);
        self_attn = new SelfAttention(config.HiddenSize, config.Heads, config.AttentionDropout);
        layer_norm1 = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        mlp = new Mlp(config);
        layer_norm2 = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        dropout = config.Dropout;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <param name="mask">Added to the attention scores, <c>[batch, 1, 1, frames]</c> or <c>[batch, 1, frames, frames]</c>; null: every frame is valid.</param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var attended = input.Plus(Drop(self_attn.call(layer_norm1.call(input), mask)));
        return attended.Plus(Drop(mlp.call(layer_norm2.call(attended)))).MoveToOuterDisposeScope();
    }

    private Tensor Drop(Tensor update) => training && dropout > 0 ? SeededDropout.Apply(update, dropout) : update;
}
