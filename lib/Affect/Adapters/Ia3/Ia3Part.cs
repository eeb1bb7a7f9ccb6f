namespace Affect.Adapters.Ia3;

internal sealed class Ia3Part(LinearMap target, bool isFeedForward) : MergeablePart
{
    private readonly Ia3Scale scale = new(target, isFeedForward);

    internal override Module Weights => scale;

    internal override Module Target => target;

    private protected override Action Hook() => isFeedForward
        ? target.register_forward_pre_hook((_, input) => scale.call(input)).remove
        : target.register_forward_hook((_, _, output) => scale.call(output)).remove;

    private protected override IEnumerable<(Parameter Own, Tensor Value)> Merged()
    {
        yield return (target.weight, target.weight * scale.Factors.to(target.weight.dtype));
        if (!isFeedForward && target.bias is { } bias) yield return (bias, bias * scale.Factors.flatten().to(bias.dtype));
    }
}
