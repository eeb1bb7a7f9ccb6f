namespace Affect.Fusion;

/// <summary>A form of fusion: its name, and how one is built for some modalities.</summary>
/// <param name="name">What files and command lines call it, as in <c>lmf</c>.</param>
/// <param name="title">What tables call it; null: the name.</param>
/// <param name="build">Builds one; its weights are drawn anew afterwards.</param>
public sealed class FusionChoice(string name, Func<FusionConfig, FusionModel> build, string? title = null)
{
    /// <summary>The fusion that training uses unless it is told otherwise.</summary>
    public static FusionChoice Attention { get; } = new("attention", config => new AttentionFusion(config));

    /// <summary>Every fusion of the library.</summary>
    public static IReadOnlyList<FusionChoice> All { get; } =
    [
        Attention,
        new("attention-softmax", config => new AttentionFusion(config, softmax: true), "attention with softmax"),
        new("concat", config => new ConcatenationFusion(config), "concatenation"),
        // The tensor fusion embeds modalities in 24 numbers at most, as its product grows with their power.
        new("tfn", config => new TensorFusion(config with { HiddenSize = Math.Min(config.HiddenSize, 24) }, config.HiddenSize), "tensor fusion"),
        new("lmf", config => new LowRankFusion(config), "low-rank fusion"),
        new("cross", config => new CrossModalFusion(config), "cross-modal transformer"),
    ];

    /// <summary>The names that <see cref="Parse(string)"/> understands, in words.</summary>
    public static string Help => string.Join(", ", All.Select(choice => choice.Name));

    /// <summary>What files and command lines call it.</summary>
    public string Name { get; } = name;

    /// <summary>What tables call it.</summary>
    public string Title { get; } = title ?? name;

    /// <summary>Finds a fusion of the library.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static FusionChoice Parse(string name) => Parse(name, null);

    /// <summary>Builds a fusion whose initial weights follow from a seed.</summary>
    /// <param name="config">Modalities, classes, width.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    public IFusion Build(FusionConfig config, int seed, Device? device = null)
    {
        var model = build(config);
        using (var generator = new Generator((ulong)seed)) model.Initialise(generator);
        if (device is not null) model.to(device);
        return model;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Which code builds it, where that is not the library's.</summary>
    internal string Code => CodeIdentity.Of(build);

    internal static FusionChoice Parse(string name, IReadOnlyList<FusionChoice>? own) => All.Concat(own ?? []).FirstOrDefault(choice => choice.Name == name)
        ?? throw new ArgumentException($"fusion must be one of {string.Join(", ", All.Concat(own ?? []).Select(choice => choice.Name))}, but was '{name}'.", nameof(name));
}
