namespace Affect.Encoders.Bert;

/// <summary>Self-attention and its sub-layer's end.</summary>
internal sealed class BertAttention : Module<Tensor, Tensor?, Tensor>
{
    private readonly BertSelfAttention self;
    private readonly BertOutput output;

    internal BertAttention(BertConfig config)
        : base(nameof(BertAttention))
    {
        self = new BertSelfAttention(config);
        output = new BertOutput(config, config.HiddenSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, tokens, hidden]</c></param>
    /// <param name="mask"><c>[batch, 1, 1, tokens]</c>, added to the scores.</param>
    /// <returns><c>[batch, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        return output.call(self.call(input, mask), input).MoveToOuterDisposeScope();
    }
}
