namespace Affect.Encoders.Bert;

/// <summary>Queries, keys and values, and what attention makes of them. The maps may be replaced by any module of the same shape, as adapters do.</summary>
internal sealed class BertSelfAttention : Module<Tensor, Tensor?, Tensor>
{
    private readonly Module<Tensor, Tensor> query;
    private readonly Module<Tensor, Tensor> key;
    private readonly Module<Tensor, Tensor> value;
    private readonly int heads;
    private readonly double dropout;

    internal BertSelfAttention(BertConfig config)
        : base(nameof(BertSelfAttention))
    {
        query = new LinearMap(config.HiddenSize, config.HiddenSize);
        key = new LinearMap(config.HiddenSize, config.HiddenSize);
        value = new LinearMap(config.HiddenSize, config.HiddenSize);
        (heads, dropout) = (config.Heads, config.AttentionDropout);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, tokens, hidden]</c></param>
    /// <param name="mask"><c>[batch, 1, 1, tokens]</c>, added to the scores.</param>
    /// <returns><c>[batch, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var narrow = input.As(query.WeightType());
        return Attention.Mix(narrow.Through(query), narrow.Through(key), narrow.Through(value), heads, mask, training ? dropout : 0).MoveToOuterDisposeScope();
    }
}
