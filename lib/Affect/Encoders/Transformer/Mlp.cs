namespace Affect.Encoders.Transformer;

/// <summary>The position-wise network: <c>W₂ act(W₁ x)</c>, names as in transformers' CLIP.</summary>
internal sealed class Mlp : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> fc1;
    private readonly Module<Tensor, Tensor> fc2;
    private readonly Activation activation;

    internal Mlp(BlockConfig config)
        : base(nameof(Mlp))
    {
        fc1 = new LinearMap(config.HiddenSize, config.FeedForwardSize);
        fc2 = new LinearMap(config.FeedForwardSize, config.HiddenSize);
        activation = config.Activation;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return activation.Apply(input.Through(fc1)).Through(fc2).MoveToOuterDisposeScope();
    }
}
