namespace Affect.Adapters.BitFit;

internal sealed class BiasPart(Module<Tensor, Tensor> target) : MergeablePart
{
    private readonly BiasShift shift = new(BiasOf(target)!);

    internal override Module Weights => shift;

    internal override Module Target => target;

    internal static Parameter? BiasOf(Module module) => module switch
    {
        LinearMap linear => linear.bias,
        LayerNorm norm => norm.bias,
        _ => null,
    };

    private protected override Action Hook() => target.register_forward_hook((_, _, output) => shift.call(output)).remove;

    private protected override IEnumerable<(Parameter Own, Tensor Value)> Merged()
    {
        var bias = BiasOf(target)!;
        yield return (bias, bias + shift.Delta.to(bias.dtype));
    }
}
