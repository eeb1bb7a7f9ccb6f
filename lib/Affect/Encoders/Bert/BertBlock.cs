namespace Affect.Encoders.Bert;

/// <summary>One post-norm block: attention, then the position-wise network <c>W₂ act(W₁ x)</c>.</summary>
internal sealed class BertBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly BertAttention attention;
    private readonly BertMap intermediate;
    private readonly BertOutput output;
    private readonly Activation activation;

    internal BertBlock(BertConfig config)
        : base(nameof(BertBlock))
    {
        attention = new BertAttention(config);
        intermediate = new BertMap(config.HiddenSize, config.FeedForwardSize);
        output = new BertOutput(config, config.FeedForwardSize);
        activation = config.Activation;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, tokens, hidden]</c></param>
    /// <param name="mask"><c>[batch, 1, 1, tokens]</c>, added to the scores.</param>
    /// <returns><c>[batch, tokens, hidden]</c></returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var attended = attention.call(input, mask);
        return output.call(activation.Apply(intermediate.call(attended)), attended).MoveToOuterDisposeScope();
    }
}
