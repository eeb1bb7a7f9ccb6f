namespace Affect.Adapters.PrefixTuning;

internal sealed class PrefixTuningPart(Module target, AttentionPrefix weights) : AdapterPart
{
    internal override Module Weights => weights;

    internal override string ChildName => "prefix";

    internal override Module Target => target;

    private protected override Action Hook()
    {
        var attention = (SelfAttention)target;
        attention.Prefix = weights;
        return () => attention.Prefix = null;
    }
}
