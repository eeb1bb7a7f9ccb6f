namespace Affect.Encoders.Vit;

/// <summary>Queries, keys and values, and what attention makes of them.</summary>
internal sealed class VitSelfAttention : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> query;
    private readonly Module<Tensor, Tensor> key;
    private readonly Module<Tensor, Tensor> value;
    private readonly int heads;
    private readonly double dropout;

    internal VitSelfAttention(VitConfig config)
        : base(nameof(VitSelfAttention))
    {
        query = new LinearMap(config.HiddenSize, config.HiddenSize, config.HasAttentionBias);
        key = new LinearMap(config.HiddenSize, config.HiddenSize, config.HasAttentionBias);
        value = new LinearMap(config.HiddenSize, config.HiddenSize, config.HasAttentionBias);
        (heads, dropout) = (config.Heads, config.AttentionDropout);
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, tokens, hidden]</c></param>
    /// <returns><c>[frames, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var narrow = input.As(query.WeightType());
        return Attention.Mix(narrow.Through(query), narrow.Through(key), narrow.Through(value), heads, mask: null, training ? dropout : 0).MoveToOuterDisposeScope();
    }
}
