namespace Affect.Adapters.Bottleneck;

internal sealed class BottleneckPart(Module target, BlockAdapter weights, BottleneckPlacement placement) : AdapterPart
{
    internal const string SlotName = "adapter_layer";

    internal override Module Weights => weights;

    internal override string ChildName => placement == BottleneckPlacement.AfterBlock ? SlotName : base.ChildName;

    internal override string FilePrefix => placement == BottleneckPlacement.AfterBlock ? SlotName + "." : base.FilePrefix;

    internal override Module Target => target;

    private protected override Action Hook() => target switch
    {
        Module<Tensor, Tensor> network => network.register_forward_hook((_, input, output) => Add(input, output)).remove,
        Module<Tensor, Tensor, Tensor> block => block.register_forward_hook((_, input, _, output) => Add(input, output)).remove,
        _ => throw new ArgumentException($"A {target.GetType().Name} cannot have a bottleneck.", nameof(target)),
    };

    private Tensor Add(Tensor input, Tensor output)
    {
        using var scope = NewDisposeScope();
        var update = weights.call(placement == BottleneckPlacement.AfterBlock ? output : input);
        return (output + update.to(output.dtype)).MoveToOuterDisposeScope();
    }
}
