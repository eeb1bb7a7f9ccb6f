namespace Affect.Encoders.Hubert;

/// <summary>The position-wise network after attention: <c>W₂ act(W₁ x)</c>.</summary>
internal sealed class FeedForward : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> intermediate_dense;
    private readonly Module<Tensor, Tensor> output_dense;
    private readonly Activation activation;
    private readonly double innerDropout;
    private readonly double dropout;

    internal FeedForward(HubertConfig config)
        : base(nameof(FeedForward))
    {
        intermediate_dense = new LinearMap(config.HiddenSize, config.FeedForwardSize);
        output_dense = new LinearMap(config.FeedForwardSize, config.HiddenSize);
        activation = config.Activation;
        (innerDropout, dropout) = (config.ActivationDropout, config.HiddenDropout);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var inner = activation.Apply(input.Through(intermediate_dense));
        if (training && innerDropout > 0) inner = SeededDropout.Apply(inner, innerDropout);
        var output = inner.Through(output_dense);
        return (training && dropout > 0 ? SeededDropout.Apply(output, dropout) : output).MoveToOuterDisposeScope();
    }
}
