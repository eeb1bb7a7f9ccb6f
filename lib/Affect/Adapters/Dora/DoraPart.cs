namespace Affect.Adapters.Dora;

internal sealed class DoraPart(LinearMap target, DoraUpdate update) : MergeablePart
{
    internal override Module Weights => update;

    internal override Module Target => target;

    private protected override Action Hook() => target.register_forward_hook((_, input, output) => update.call(input, output)).remove;

    private protected override IEnumerable<(Parameter Own, Tensor Value)> Merged()
    {
        yield return (target.weight, update.Weight().to(target.weight.dtype));
    }
}
