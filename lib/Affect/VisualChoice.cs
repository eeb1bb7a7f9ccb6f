namespace Affect;

/// <summary>An encoder of pictures by the name that a command line or a notebook's parameter gives it.</summary>
public sealed class VisualChoice
{
    /// <summary>The names that <see cref="Parse"/> understands, in words.</summary>
    public const string Help =
        "a folder with config.json (clip or vit) and weights in the Hugging Face layout, the name of a checkpoint under data/checkpoints, "
        + "or random:FOLDER (that architecture with weights drawn from the seed)";

    private const string RandomPrefix = "random:";

    private readonly Func<Device?, ScalarType?, IVisualEncoder> open;

    private VisualChoice(string title, Func<Device?, ScalarType?, IVisualEncoder> open) => (Title, this.open) = (title, open);

    /// <summary>What to call the encoder in titles and tables, as in <c>mimic-clip (random weights)</c>.</summary>
    public string Title { get; }

    /// <summary>Whether the encoder has learned nothing; whoever shows results says so.</summary>
    public bool IsRandom { get; private init; }

    /// <summary>Reads a name.</summary>
    /// <param name="text">One of the names of <see cref="Help"/>.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <param name="checkpoints">The folder whose folders may be named without their path; null: none.</param>
    /// <exception cref="ArgumentException">It is none of them, or the folder holds no encoder of pictures.</exception>
    /// <exception cref="FormatException">The folder's <c>config.json</c> cannot be understood.</exception>
    public static VisualChoice Parse(string text, int seed, string? checkpoints = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isRandom = text.StartsWith(RandomPrefix, StringComparison.Ordinal);
        var name = isRandom ? text[RandomPrefix.Length..] : text;
        var folder = CheckpointFolder.Find(name, checkpoints) ?? throw new ArgumentException($"encoder must be {Help}, but was '{text}' and there is no such folder.", nameof(text));
        var title = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var family = VisualFamily.Of(folder);
        return isRandom
            ? new VisualChoice($"{title} (random weights)", (device, type) => family.Random(folder, seed, device, type)) { IsRandom = true }
            : new VisualChoice(title, (device, type) => family.Open(folder, device, type));
    }

    /// <summary>Builds or loads the encoder.</summary>
    /// <param name="device">Where it computes; null: the CPU.</param>
    /// <param name="type">In which number format; null: float32.</param>
    /// <exception cref="FormatException">The folder's files are damaged or do not fit together.</exception>
    public IVisualEncoder Open(Device? device = null, ScalarType? type = null) => open(device, type);
}
