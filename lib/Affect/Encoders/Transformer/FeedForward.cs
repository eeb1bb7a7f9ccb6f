namespace Affect.Encoders.Transformer;

/// <summary>The position-wise network after attention: <c>W₂ act(W₁ x)</c>.</summary>
/// <remarks>Where a family's files have no name for it, its maps stand in the block; so it asks them, not itself, whether it trains.</remarks>
internal sealed class FeedForward : Module<Tensor, Tensor>
{
    private readonly LinearMap first;
    private readonly LinearMap second;
    private readonly Activation activation;
    private readonly double innerDropout;
    private readonly double dropout;

    /// <param name="config">The block's shape.</param>
    /// <param name="block">The block that it is part of.</param>
    internal FeedForward(BlockConfig config, Module block)
        : base(nameof(FeedForward))
    {
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        var place = config.Names.FeedForward is { } name ? block.Place(name, this) : block;
        first = place.Place(config.Names.First, new LinearMap(config.HiddenSize, config.FeedForwardSize));
        second = place.Place(config.Names.Second, new LinearMap(config.FeedForwardSize, config.HiddenSize));
        (activation, innerDropout, dropout) = (config.Activation, config.ActivationDropout, config.Dropout);
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var inner = Drop(activation.Apply(first.call(input)), innerDropout);
        return Drop(second.call(inner), dropout).MoveToOuterDisposeScope();
    }

    private Tensor Drop(Tensor values, double share) => second.training && share > 0 ? SeededDropout.Apply(values, share) : values;
}
