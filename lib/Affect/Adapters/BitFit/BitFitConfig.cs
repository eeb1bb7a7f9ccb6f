namespace Affect.Adapters.BitFit;

/// <summary>Only biases train: those of linear maps and layer norms.</summary>
/// <remarks>
/// Ben Zaken et al., <em>BitFit</em>, arXiv:2106.10199. Difference: what trains is the change of each bias, initially 0, so that weight decay pulls to the
/// pretrained bias and not to 0.
/// </remarks>
public sealed record BitFitConfig : AdapterConfig
{
    /// <inheritdoc/>
    public override string Method => "bitfit";

    /// <inheritdoc/>
    public override bool CanMerge => true;

    internal override IReadOnlyList<string> UsualModules => [];

    /// <inheritdoc/>
    protected override string Describe() => "BitFit";

    // Outside the blocks there are convolutions and projections of raw input; the paper adapts the transformer.
    internal override bool Fits(string path, Module module) => ModuleFinder.LayerOf(path) is not null && BiasPart.BiasOf(module) is not null;

    internal override AdapterPart CreatePart(string path, Module module, Generator generator) => new BiasPart((Module<Tensor, Tensor>)module);
}
