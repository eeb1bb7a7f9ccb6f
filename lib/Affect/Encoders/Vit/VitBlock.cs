namespace Affect.Encoders.Vit;

/// <summary>A pre-norm block: what <see cref="PreNormBlock"/> computes, under transformers' names for ViT.</summary>
internal sealed class VitBlock : Module<Tensor, Tensor>
{
    private readonly VitAttention attention;
    private readonly VitMap intermediate;
    private readonly VitMap output;
    private readonly LayerNorm layernorm_before;
    private readonly LayerNorm layernorm_after;
    private readonly Activation activation;
    private readonly double dropout;

    internal VitBlock(VitConfig config)
        : base(nameof(VitBlock))
    {
        attention = new VitAttention(config);
        intermediate = new VitMap(config.HiddenSize, config.FeedForwardSize);
        output = new VitMap(config.FeedForwardSize, config.HiddenSize);
        layernorm_before = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        layernorm_after = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        (activation, dropout) = (config.Activation, config.Dropout);
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, tokens, hidden]</c></param>
    /// <returns><c>[frames, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var attended = input.Plus(Drop(attention.call(layernorm_before.call(input))));
        return attended.Plus(Drop(output.call(activation.Apply(intermediate.call(layernorm_after.call(attended)))))).MoveToOuterDisposeScope();
    }

    private Tensor Drop(Tensor update) => training && dropout > 0 ? SeededDropout.Apply(update, dropout) : update;
}
