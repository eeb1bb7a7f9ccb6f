namespace Affect.Adapters.Lora;

/// <summary>Low-rank updates beside frozen linear maps: <c>W x + s B A x</c>, <c>B</c> initially 0.</summary>
/// <remarks>
/// Hu et al., <em>LoRA</em>, arXiv:2106.09685, section 4.1. Difference: no dropout; the merged weights' originals are kept, so that unmerging is exact.
/// </remarks>
public sealed record LoraConfig : LowRankConfig
{
    /// <summary>How PEFT's file is read.</summary>
    public static AdapterMethod File { get; } = MethodOf(new LoraConfig());

    /// <inheritdoc/>
    public override string Method => "lora";

    private protected override bool IsDora => false;

    /// <inheritdoc/>
    public override AdapterPart CreatePart(string path, Module module, Generator generator)
    {
        var map = (LinearMap)module;
        var update = new LoraUpdate(map, Rank, generator, InitialFactors.Of(map, Rank, Scale, Initialisation));
        return AdapterPart.OnOutput(map, update, (input, output) => output + (update.call(input) * Scale).to(output.dtype), Merged);

        IEnumerable<(Parameter Own, Tensor Value)> Merged() => [(map.weight, map.weight + (update.Product() * Scale).to(map.weight.dtype))];
    }

    /// <inheritdoc/>
    protected override string Describe() => Sizes(RankStabilised ? "rsLoRA" : "LoRA");
}
