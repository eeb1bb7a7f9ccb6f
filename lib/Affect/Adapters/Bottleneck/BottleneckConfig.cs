namespace Affect.Adapters.Bottleneck;

/// <summary>A bottleneck per block, <c>h + W₂ ReLU(W₁ norm(h) + b₁) + b₂</c>, the second map initially 0.</summary>
/// <remarks>
/// Houlsby et al., arXiv:1902.00751; arXiv:2409.05015 adapts HuBERT so (down, ReLU, up; six blocks). Placement and width there are not published: after the
/// block, and 64, are ours. The norm is that of transformers' <c>adapter_layer</c>, whose files we read and write; the paper does not speak of one.
/// </remarks>
public sealed record BottleneckConfig : AdapterConfig
{
    private const string SlotName = BlockAdapter.SlotName;
    private const string WidthKey = "adapter_attn_dim"; // transformers' name for it
    private const string PlacementKey = "placement";
    private const string NormKey = "has_norm";

    private static readonly Dictionary<string, BottleneckPlacement> Placements = new()
    {
        ["after_block"] = BottleneckPlacement.AfterBlock,
        ["beside_feed_forward"] = BottleneckPlacement.BesideFeedForward,
    };

    /// <summary>How its file is read.</summary>
    public static AdapterMethod File { get; } = AdapterMethod.Own("bottleneck", file => new BottleneckConfig
    {
        Width = file.WholeNumber(WidthKey, 64),
        Placement = file.Choice(PlacementKey, "after_block", Placements),
        HasNorm = file.Flag(NormKey, missing: true),
    });

    /// <summary>The inner size; at least 1.</summary>
    public int Width { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>Where it sits.</summary>
    public BottleneckPlacement Placement { get; init; } = BottleneckPlacement.AfterBlock;

    /// <summary>Whether a layer norm stands before the first map.</summary>
    public bool HasNorm { get; init; } = true;

    /// <inheritdoc/>
    public override string Method => "bottleneck";

    /// <inheritdoc/>
    public override double UsualLearningRate => IsAfterBlock ? 4e-3 : 2e-3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualModules => IsAfterBlock ? [] : ["feed_forward", "mlp"];

    private bool IsAfterBlock => Placement == BottleneckPlacement.AfterBlock;

    /// <inheritdoc/>
    public override bool Fits(string path, Module module) => IsAfterBlock
        ? ModuleFinder.IsBlock(path) && module is Module<Tensor, Tensor> or Module<Tensor, Tensor, Tensor> && SizeOf(module) > 0
        : module is Module<Tensor, Tensor> and not LinearMap && ModuleFinder.LayerOf(path) is not null && InputOf(module) > 0;

    /// <inheritdoc/>
    public override AdapterPart CreatePart(string path, Module module, Generator generator)
    {
        var weights = new BlockAdapter(IsAfterBlock ? SizeOf(module) : InputOf(module), Width, HasNorm);
        weights.StartFromNothing(generator);
        weights.MoveTo(module.parameters().First().device);
        return IsAfterBlock
            ? AdapterPart.OnOutput(module, weights, (_, output) => output + weights.call(output).to(output.dtype), childName: SlotName, filePrefix: SlotName + ".")
            : AdapterPart.Beside(module, weights);
    }

    /// <inheritdoc/>
    protected override string Describe() => string.Create(
        CultureInfo.InvariantCulture, $"bottleneck of width {Width} {(IsAfterBlock ? "after each block" : "beside each position-wise network")}{(HasNorm ? "" : ", without normalisation")}");

    /// <inheritdoc/>
    protected internal override IEnumerable<KeyValuePair<string, JsonNode?>> Fields(InsertedAdapter adapter, IReadOnlyList<string> heads) => AdapterSettings.Fields(
        this, heads, new(WidthKey, Width), new(PlacementKey, Placements.First(known => known.Value == Placement).Key), new(NormKey, HasNorm));

    // Transformers gives an adapter to every block or to none: one that adds nothing is written for the blocks that have none.
    /// <inheritdoc/>
    protected internal override IEnumerable<KeyValuePair<string, Tensor>> FurtherWeights(InsertedAdapter adapter)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        if (!IsAfterBlock) yield break;
        var first = adapter.Targets[0];
        var parts = adapter.Parameters.Where(named => named.Key.StartsWith($"{first}.{SlotName}.", StringComparison.Ordinal)).ToArray();
        foreach (var block in BlocksWithout(adapter))
            foreach (var (name, like) in parts)
            {
                var rest = name[first.Length..];
                yield return new(block + rest, rest.EndsWith(".norm.weight", StringComparison.Ordinal) ? ones(like.shape, dtype: like.dtype) : zeros(like.shape, dtype: like.dtype));
            }
    }

    /// <inheritdoc/>
    protected internal override NameMap WeightNames(InsertedAdapter adapter, ConfigFile file, IReadOnlyCollection<string> heads) =>
        IsAfterBlock ? NameMap.Identity.Ignore([.. BlocksWithout(adapter).Select(block => $"{block}.{SlotName}.*")]) : NameMap.Identity;

    // Of the adapted towers only: a list of blocks is known by what stands before the number.
    private static IEnumerable<string> BlocksWithout(InsertedAdapter adapter)
    {
        var lists = adapter.Targets.Select(path => path[..path.LastIndexOf('.')]).ToHashSet(StringComparer.Ordinal);
        var blocks = adapter.Model.named_modules().Select(named => named.name).Where(path => ModuleFinder.IsBlock(path) && lists.Contains(path[..path.LastIndexOf('.')]));
        return blocks.Except(adapter.Targets);
    }

    // The size of what runs through a block is that of its norms.
    private static long SizeOf(Module block) => block.modules().OfType<LayerNorm>().FirstOrDefault()?.weight?.shape[0] ?? 0;

    private static long InputOf(Module network) => network.named_children().Select(child => child.module).OfType<LinearMap>().FirstOrDefault()?.weight.shape[1] ?? 0;
}
