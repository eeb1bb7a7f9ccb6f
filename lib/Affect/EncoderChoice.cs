namespace Affect;

/// <summary>An encoder by the name that a command line or a notebook's parameter gives it.</summary>
public sealed class EncoderChoice
{
    /// <summary>The names that <see cref="Parse"/> understands, in words.</summary>
    public const string Help =
        "mfcc, random-hubert-base, random-hubert-tiny (weights drawn from the seed), a folder with config.json and weights in the Hugging Face layout, "
        + "the name of a checkpoint under data/checkpoints, or random:FOLDER (that folder's architecture with weights drawn from the seed)";

    private const string RandomPrefix = "random:";
    private const string ConfigName = "config.json";

    private readonly Func<Device, ScalarType, IEncoder> open;

    private EncoderChoice(string title, Func<Device, ScalarType, IEncoder> open)
    {
        Title = title;
        this.open = open;
    }

    /// <summary>What to call the encoder in titles and tables, as in <c>HuBERT-base (random weights)</c>.</summary>
    public string Title { get; }

    /// <summary>How the encoder's frames are pooled unless the user says otherwise.</summary>
    public Pooling Pooling { get; private init; } = Pooling.Mean;

    /// <summary>Whether the encoder has learned nothing; whoever shows results says so.</summary>
    public bool IsRandom { get; private init; }

    /// <summary>What whoever reads the results must know; null when nothing.</summary>
    public string? Note => IsRandom
        ? "The encoder's weights are random: it has learned nothing. Its features show how much of the emotion survives in random mixtures of the sound, no more."
        : null;

    // A HuBERT of 4 thousand weights, for trying a pipeline out in seconds.
    private static HubertConfig Tiny { get; } = HubertConfig.Base with
    {
        HiddenSize = 12,
        Layers = 3,
        Heads = 3,
        FeedForwardSize = 24,
        ConvChannels = [8, 8, 8, 8, 8, 8, 8],
        PositionKernel = 16,
        PositionGroups = 3,
    };

    /// <summary>Reads a name.</summary>
    /// <param name="text">One of the names of <see cref="Help"/>, or a folder.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <param name="checkpoints">The folder whose folders may be named without their path; null: none.</param>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    /// <exception cref="FormatException">After <c>random:</c>, the folder's <c>config.json</c> cannot be understood.</exception>
    public static EncoderChoice Parse(string text, int seed, string? checkpoints = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text switch
        {
            "mfcc" => new EncoderChoice("MFCC statistics", (_, _) => new MfccEncoder()) { Pooling = Pooling.MeanAndDeviation },
            "random-hubert-base" => Random("HuBERT-base", HubertConfig.Base, seed),
            "random-hubert-tiny" => Random("tiny HuBERT", Tiny, seed),
            _ when text.StartsWith(RandomPrefix, StringComparison.Ordinal) => RandomLike(text[RandomPrefix.Length..], seed, checkpoints),
            _ => Pretrained(CheckpointFolder.Find(text, checkpoints) ?? throw Unknown(text)),
        };
    }

    /// <summary>Builds or loads the encoder.</summary>
    /// <param name="device">Where it computes.</param>
    /// <param name="type">In which number format.</param>
    /// <exception cref="FormatException">The folder's files are damaged or do not fit together.</exception>
    public IEncoder Open(Device device, ScalarType type) => open(device, type);

    /// <summary>Builds or loads the encoder on the CPU, in float32.</summary>
    /// <exception cref="FormatException">The folder's files are damaged or do not fit together.</exception>
    public IEncoder Open() => Open(CPU, ScalarType.Float32);

    private static EncoderChoice Pretrained(string folder) =>
        new(NameOf(folder), (device, type) => HubertModel.FromPretrained(folder, device, type));

    private static EncoderChoice RandomLike(string text, int seed, string? checkpoints)
    {
        var folder = CheckpointFolder.Find(text, checkpoints) ?? throw Unknown(RandomPrefix + text);
        _ = HubertConfig.Read(Path.Combine(folder, ConfigName)); // a folder that cannot be understood is told of now
        return new($"{NameOf(folder)} (random weights)", (device, type) => HubertModel.RandomLike(folder, seed, device, type)) { IsRandom = true };
    }

    private static EncoderChoice Random(string title, HubertConfig config, int seed) =>
        new($"{title} (random weights)", (device, type) => HubertModel.Random(config, seed, device, type)) { IsRandom = true };

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private static ArgumentException Unknown(string text) => new($"encoder must be {Help}, but was '{text}' and there is no such folder.", nameof(text));
}
