namespace Affect.Adapters.Dora;

/// <summary>Low-rank updates of a weight's direction, and its magnitude apart: <c>m (W + s B A) / ‖W + s B A‖</c>, row by row.</summary>
/// <remarks>Liu et al., <em>DoRA</em>, arXiv:2402.09353, section 4; the norm counts as a constant in the gradient (section 4.3).</remarks>
public sealed record DoraConfig : LowRankConfig
{
    /// <summary>How PEFT's file is read.</summary>
    public static AdapterMethod File { get; } = MethodOf(new DoraConfig());

    /// <inheritdoc/>
    public override string Method => "dora";

    private protected override bool IsDora => true;

    /// <inheritdoc/>
    public override AdapterPart CreatePart(string path, Module module, Generator generator)
    {
        var map = (LinearMap)module;
        var update = new DoraUpdate(map, Rank, Scale, generator, InitialFactors.Of(map, Rank, Scale, Initialisation));
        return AdapterPart.OnOutput(map, update, update.call, () => [(map.weight, update.Weight().to(map.weight.dtype))]);
    }

    /// <inheritdoc/>
    protected override string Describe() => Sizes("DoRA", RankStabilised ? ", rank-stabilised" : "");
}
