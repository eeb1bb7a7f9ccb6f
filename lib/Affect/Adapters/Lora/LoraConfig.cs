namespace Affect.Adapters.Lora;

/// <summary>Low-rank updates beside frozen linear maps: <c>W x + s B A x</c>, <c>B</c> initially 0.</summary>
/// <remarks>
/// Hu et al., <em>LoRA</em>, arXiv:2106.09685, section 4.1; with <see cref="RankStabilised"/>, Kalajdzievski, <em>rsLoRA</em>, arXiv:2312.03732.
/// Names and files as PEFT has them. Difference: no dropout; the merged weights' originals are kept, so that unmerging is exact.
/// </remarks>
public sealed record LoraConfig : AdapterConfig
{
    /// <summary>r, the inner size of B·A; at least 1.</summary>
    public int Rank { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>α; the update is scaled by α / r, rank-stabilised by α / √r.</summary>
    public double Alpha { get; init => field = Require.AtLeast(0.0, value); } = 16;

    /// <summary>Whether the scale is α / √r, which keeps large ranks from learning slower.</summary>
    public bool RankStabilised { get; init; }

    /// <summary>What the factors are at the start (<c>init_lora_weights</c>).</summary>
    public LoraInitialisation Initialisation { get; init; }

    /// <inheritdoc/>
    public override string Method => "lora";

    /// <inheritdoc/>
    public override bool CanMerge => true;

    /// <summary>What the update is multiplied by.</summary>
    public double Scale => RankStabilised ? Alpha / Math.Sqrt(Rank) : Alpha / Rank;

    internal override IReadOnlyList<string> UsualModules => LoraTargets.Usual;

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{(RankStabilised ? "rsLoRA" : "LoRA")} of rank {Rank}, alpha {Alpha}{(Initialisation == LoraInitialisation.Standard ? "" : $", {Initialisation}")}");

    internal override bool Fits(string path, Module module) => module is LinearMap;

    internal override AdapterPart CreatePart(string path, Module module, Generator generator) =>
        new LoraPart((LinearMap)module, new LoraUpdate((LinearMap)module, Rank, generator, InitialFactors.Of((LinearMap)module, Rank, Scale, Initialisation)), Scale);
}
