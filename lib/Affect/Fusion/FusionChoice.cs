namespace Affect.Fusion;

/// <summary>A fusion by the name that a command line or a notebook's parameter gives it.</summary>
public sealed class FusionChoice
{
    private readonly Func<FusionConfig, FusionModel> build;

    private FusionChoice(string name, string title, Func<FusionConfig, FusionModel> build) => (Name, Title, this.build) = (name, title, build);

    /// <summary>Every fusion there is.</summary>
    public static IReadOnlyList<FusionChoice> All { get; } =
    [
        new("attention", "attention", config => new AttentionFusion(config)),
        new("attention-softmax", "attention with softmax", config => new AttentionFusion(config, softmax: true)),
        new("concat", "concatenation", config => new ConcatenationFusion(config)),
        new("tfn", "tensor fusion", config => new TensorFusion(config with { HiddenSize = Math.Min(config.HiddenSize, 24) }, config.HiddenSize)),
        new("lmf", "low-rank fusion", config => new LowRankFusion(config)),
        new("cross", "cross-modal transformer", config => new CrossModalFusion(config)),
    ];

    /// <summary>The names that <see cref="Parse"/> understands, in words.</summary>
    public static string Help => string.Join(", ", All.Select(choice => choice.Name));

    /// <summary>As in <c>lmf</c>.</summary>
    public string Name { get; }

    /// <summary>What to call it in tables.</summary>
    public string Title { get; }

    /// <summary>Finds a fusion.</summary>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static FusionChoice Parse(string name) =>
        All.FirstOrDefault(choice => choice.Name == name) ?? throw new ArgumentException($"fusion must be one of {Help}, but was '{name}'.", nameof(name));

    /// <summary>Builds a fusion whose initial weights follow from a seed. (The tensor fusion embeds modalities in 24 numbers at most, as its product grows with their power.)</summary>
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
}
