namespace Affect.Adapters.Lora;

internal sealed class LoraPart(LinearMap target, LoraUpdate update, double scale) : MergeablePart
{
    internal override Module Weights => update;

    internal override Module Target => target;

    private protected override Action Hook() => target.register_forward_hook((_, input, output) => Add(input, output)).remove;

    private protected override IEnumerable<(Parameter Own, Tensor Value)> Merged()
    {
        yield return (target.weight, target.weight + (update.Product() * scale).to(target.weight.dtype));
    }

    private Tensor Add(Tensor input, Tensor output)
    {
        using var scope = NewDisposeScope();
        return (output + (update.call(input) * scale).to(output.dtype)).MoveToOuterDisposeScope();
    }
}
