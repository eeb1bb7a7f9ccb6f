namespace Affect.Adapters.Dora;

/// <summary>Low-rank updates of a weight's direction, and its magnitude apart: <c>m (W + s B A) / ‖W + s B A‖</c>, row by row.</summary>
/// <remarks>
/// Liu et al., <em>DoRA</em>, arXiv:2402.09353, section 4; the norm counts as a constant in the gradient (section 4.3). Names and files as PEFT has them.
/// </remarks>
public sealed record DoraConfig : AdapterConfig
{
    /// <summary>r, the inner size of B·A; at least 1.</summary>
    public int Rank { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>α; the update is scaled by α / r, rank-stabilised by α / √r.</summary>
    public double Alpha { get; init => field = Require.AtLeast(0.0, value); } = 16;

    /// <summary>Whether the scale is α / √r.</summary>
    public bool RankStabilised { get; init; }

    /// <summary>What the factors are at the start (<c>init_lora_weights</c>).</summary>
    public LoraInitialisation Initialisation { get; init; }

    /// <inheritdoc/>
    public override string Method => "dora";

    /// <inheritdoc/>
    public override bool CanMerge => true;

    /// <summary>What the low-rank update is multiplied by.</summary>
    public double Scale => RankStabilised ? Alpha / Math.Sqrt(Rank) : Alpha / Rank;

    internal override IReadOnlyList<string> UsualModules => LoraTargets.Usual;

    /// <inheritdoc/>
    protected override string Describe() => string.Create(CultureInfo.InvariantCulture, $"DoRA of rank {Rank}, alpha {Alpha}{(RankStabilised ? ", rank-stabilised" : "")}{(Initialisation == LoraInitialisation.Standard ? "" : $", {Initialisation}")}");

    internal override bool Fits(string path, Module module) => module is LinearMap;

    internal override AdapterPart CreatePart(string path, Module module, Generator generator) =>
        new DoraPart((LinearMap)module, new DoraUpdate((LinearMap)module, Rank, Scale, generator, InitialFactors.Of((LinearMap)module, Rank, Scale, Initialisation)));
}
