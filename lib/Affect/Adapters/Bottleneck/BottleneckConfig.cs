namespace Affect.Adapters.Bottleneck;

/// <summary>A bottleneck per block, <c>h + W₂ ReLU(W₁ norm(h) + b₁) + b₂</c>, the second map initially 0.</summary>
/// <remarks>
/// Houlsby et al., arXiv:1902.00751; arXiv:2409.05015 adapts HuBERT so (down, ReLU, up; six blocks). Placement and width there are not published: after the
/// block, and 64, are ours. The norm is that of transformers' <c>adapter_layer</c>, whose files we read and write; the paper does not speak of one.
/// </remarks>
public sealed record BottleneckConfig : AdapterConfig
{
    /// <summary>The inner size; at least 1.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>Where it sits.</summary>
    public BottleneckPlacement Placement { get; init; } = BottleneckPlacement.AfterBlock;

    /// <summary>Whether a layer norm stands before the first map.</summary>
    public bool HasNorm { get; init; } = true;

    /// <inheritdoc/>
    public override string Method => "bottleneck";

    /// <inheritdoc/>
    public override bool CanMerge => false;

    internal override IReadOnlyList<string> UsualModules => Placement == BottleneckPlacement.AfterBlock ? [] : ["feed_forward", "mlp"];

    /// <inheritdoc/>
    protected override string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"bottleneck of width {Width} {(Placement == BottleneckPlacement.AfterBlock ? "after each block" : "beside each position-wise network")}{(HasNorm ? "" : ", without normalisation")}");

    internal override bool Fits(string path, Module module) => Placement == BottleneckPlacement.AfterBlock
        ? ModuleFinder.IsBlock(path) && module is Module<Tensor, Tensor> or Module<Tensor, Tensor, Tensor> && SizeOf(module) > 0
        : module is Module<Tensor, Tensor> and not LinearMap && ModuleFinder.LayerOf(path) is not null && InputOf(module) > 0;

    internal override AdapterPart CreatePart(string path, Module module, Generator generator)
    {
        var size = Placement == BottleneckPlacement.AfterBlock ? SizeOf(module) : InputOf(module);
        var weights = new BlockAdapter(size, Width, HasNorm);
        weights.StartFromNothing(generator);
        weights.MoveTo(module.parameters().First().device);
        return new BottleneckPart(module, weights, Placement);
    }

    // The size of what runs through a block is that of its norms.
    private static long SizeOf(Module block) => block.modules().OfType<LayerNorm>().FirstOrDefault()?.weight?.shape[0] ?? 0;

    private static long InputOf(Module network) => network.named_children().Select(child => child.module).OfType<LinearMap>().FirstOrDefault()?.weight.shape[1] ?? 0;
}
