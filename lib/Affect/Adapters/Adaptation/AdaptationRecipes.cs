namespace Affect.Adapters.Adaptation;

/// <summary>
/// Settings that do well on Mimic, by the method's name. The bottlenecks' rate was chosen on a Mimic of another seed than results are reported on
/// (<c>lab bench recipes</c> repeats the search); the other methods' were tried by hand on the speakers that choose epochs.
/// </summary>
public static class AdaptationRecipes
{
    private static readonly string[] LoraModules = ["q_proj", "v_proj", "out_proj", "intermediate_dense", "output_dense"];

    /// <summary>The names: methods, and the two ends of the scale, <c>frozen</c> and <c>full</c>.</summary>
    public static IReadOnlyList<string> Methods { get; } = ["bottleneck", "parallel", "lora", "rslora", "dora", "ia3", "prefix", "bitfit", "frozen", "full"];

    /// <summary>The settings of a method.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="layers">The layers to adapt; null: all.</param>
    /// <param name="rank">LoRA's and DoRA's rank.</param>
    /// <param name="width">The bottleneck's width, or the prefix's length.</param>
    /// <param name="seed">Seed of new weights, order, and inner split.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static AdaptationConfig For(string method, LayerRange? layers = null, int rank = 8, int width = 64, int seed = 1)
    {
        IReadOnlyList<TowerTargets> usual = [layers is null ? new TowerTargets() : TowerTargets.Within(layers)];
        IReadOnlyList<TowerTargets> linear = [usual[0] with { Modules = LoraModules }];
        AdapterConfig? inserted = method switch
        {
            "bottleneck" => new BottleneckConfig { Width = width, Towers = usual },
            "parallel" => new BottleneckConfig { Width = width, Placement = BottleneckPlacement.BesideFeedForward, Towers = usual },
            "lora" => new LoraConfig { Rank = rank, Alpha = 2 * rank, Towers = linear },
            "rslora" => new LoraConfig { Rank = rank, Alpha = 2 * Math.Sqrt(rank), RankStabilised = true, Towers = linear },
            "dora" => new DoraConfig { Rank = rank, Alpha = 2 * rank, Towers = linear },
            "ia3" => new Ia3Config { Towers = usual },
            "prefix" => new PrefixTuningConfig { Length = width, Towers = usual },
            "bitfit" => new BitFitConfig { Towers = usual },
            "frozen" or "full" => null,
            _ => throw new ArgumentException($"method must be one of {string.Join(", ", Methods)}, but is '{method}'.", nameof(method)),
        };
        var config = new AdaptationConfig
        {
            Method = inserted is null ? null : inserted with { Seed = seed },
            TunesAll = method == "full",
            FirstState = layers?.First ?? (inserted is null ? 1 : null), // a frozen encoder's head reads the states that an adapted one's does
            Head = new ClipHeadConfig { Pooling = HeadPooling.Attention, Dropout = 0.3 },
            Training = new TrainerConfig { Epochs = 15, BatchSize = 16, Pieces = 2, LearningRate = 1e-3 },
            CropSeconds = 2,
            Seed = seed,
        };
        return method switch
        {
            "full" => config with { Training = config.Training with { LearningRate = 5e-4 }, Masking = config.Masking with { Epochs = 0 } },
            "bottleneck" => config with { Training = config.Training with { LearningRate = 4e-3 } },
            "parallel" => config with { Training = config.Training with { LearningRate = 2e-3 } },
            _ => config,
        };
    }
}
