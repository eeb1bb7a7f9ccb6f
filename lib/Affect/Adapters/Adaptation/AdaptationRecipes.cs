namespace Affect.Adapters.Adaptation;

/// <summary>
/// Settings that do well on Mimic. The bottlenecks' rate was chosen on a Mimic of another seed than results are reported on (<c>lab bench recipes</c> repeats the
/// search); the others' were tried by hand on the speakers that choose epochs.
/// </summary>
public static class AdaptationRecipes
{
    /// <summary>The linear maps of a block, which low-rank updates go into here.</summary>
    public static IReadOnlyList<string> BlockMaps { get; } = ["q_proj", "v_proj", "out_proj", "intermediate_dense", "output_dense"];

    /// <summary>An adapter's settings.</summary>
    /// <param name="method">The adapter, as the library brings it or as it was written elsewhere.</param>
    /// <param name="layers">The layers to adapt; null: those of the method's towers, all by default.</param>
    /// <param name="seed">Seed of new weights, order, and inner split.</param>
    public static AdaptationConfig For(AdapterConfig method, LayerRange? layers = null, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(method);
        var placed = layers is null ? method.Towers : [.. method.Towers.Select(tower => TowerTargets.Within(layers, tower.Modules, tower.Tower))];
        var config = Common(layers?.First, seed) with { Method = method with { Seed = seed, Towers = placed } };
        return config with { Training = config.Training with { LearningRate = method.UsualLearningRate } };
    }

    /// <summary>The frozen encoder: a head alone, reading the states that an adapted encoder's does.</summary>
    /// <param name="layers">The layers that would be adapted; null: all.</param>
    /// <param name="seed">Seed of the head's weights, order, and inner split.</param>
    public static AdaptationConfig Frozen(LayerRange? layers = null, int seed = 1) => Common(layers?.First ?? 1, seed);

    /// <summary>Full fine-tuning: everything above the front end trains.</summary>
    /// <inheritdoc cref="Frozen"/>
    public static AdaptationConfig FullFineTuning(LayerRange? layers = null, int seed = 1)
    {
        var config = Common(layers?.First ?? 1, seed);
        return config with { TunesAll = true, Training = config.Training with { LearningRate = 5e-4 }, Masking = config.Masking with { Epochs = 0 } };
    }

    private static AdaptationConfig Common(int? firstState, int seed) => new()
    {
        FirstState = firstState,
        Head = new ClipHeadConfig { Pooling = HeadPooling.Attention, Dropout = 0.3 },
        Training = new TrainerConfig { Epochs = 15, BatchSize = 16, Pieces = 2, LearningRate = 1e-3 },
        CropSeconds = 2,
        Seed = seed,
    };
}
