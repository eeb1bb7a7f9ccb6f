namespace Affect;

/// <summary>Names of methods, as a command line or a notebook's parameter gives them, and the objects that they stand for.</summary>
public sealed partial class Laboratory
{
    private static readonly IReadOnlyList<TowerTargets> BlockMaps = [new TowerTargets { Modules = AdaptationRecipes.BlockMaps }];

    private static readonly Dictionary<string, Func<LayerRange?, int, int, int, AdaptationConfig>> Adapting = new()
    {
        ["bottleneck"] = (layers, _, width, seed) => AdaptationRecipes.For(new BottleneckConfig { Width = width }, layers, seed),
        ["parallel"] = (layers, _, width, seed) => AdaptationRecipes.For(new BottleneckConfig { Width = width, Placement = BottleneckPlacement.BesideFeedForward }, layers, seed),
        ["lora"] = (layers, rank, _, seed) => AdaptationRecipes.For(new LoraConfig { Rank = rank, Alpha = 2 * rank, Towers = BlockMaps }, layers, seed),
        ["rslora"] = (layers, rank, _, seed) =>
            AdaptationRecipes.For(new LoraConfig { Rank = rank, Alpha = 2 * Math.Sqrt(rank), RankStabilised = true, Towers = BlockMaps }, layers, seed),
        ["dora"] = (layers, rank, _, seed) => AdaptationRecipes.For(new DoraConfig { Rank = rank, Alpha = 2 * rank, Towers = BlockMaps }, layers, seed),
        ["ia3"] = (layers, _, _, seed) => AdaptationRecipes.For(new Ia3Config(), layers, seed),
        ["prefix"] = (layers, _, width, seed) => AdaptationRecipes.For(new PrefixTuningConfig { Length = width }, layers, seed),
        ["bitfit"] = (layers, _, _, seed) => AdaptationRecipes.For(new BitFitConfig(), layers, seed),
        ["frozen"] = (layers, _, _, seed) => AdaptationRecipes.Frozen(layers, seed),
        ["full"] = (layers, _, _, seed) => AdaptationRecipes.FullFineTuning(layers, seed),
    };

    /// <summary>The ways of adapting that have a name: methods, and the two ends of the scale, <c>frozen</c> and <c>full</c>.</summary>
    public static IReadOnlyList<string> WaysOfAdapting { get; } = [.. Adapting.Keys];

    /// <summary>The settings that a way of adapting stands for.</summary>
    /// <param name="method">One of <see cref="WaysOfAdapting"/>.</param>
    /// <param name="layers">The layers to adapt; null: all.</param>
    /// <param name="rank">LoRA's and DoRA's rank.</param>
    /// <param name="width">The bottleneck's width, or the prefix's length.</param>
    /// <param name="seed">Seed of new weights, order, and inner split.</param>
    /// <exception cref="ArgumentException">There is no such way.</exception>
    public static AdaptationConfig Recipe(string method, LayerRange? layers = null, int rank = 8, int width = 64, int seed = 1) => Adapting.TryGetValue(method, out var recipe)
        ? recipe(layers, rank, width, seed)
        : throw new ArgumentException($"method must be one of {string.Join(", ", WaysOfAdapting)}, but is '{method}'.", nameof(method));
}
