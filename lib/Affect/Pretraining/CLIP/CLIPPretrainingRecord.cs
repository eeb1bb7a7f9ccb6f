namespace Affect.Pretraining.CLIP;

/// <summary>What is kept of a CLIP's pretraining beside its checkpoint: recipe, captions, every epoch's loss, and the fingerprint of the network.</summary>
public sealed record CLIPPretrainingRecord
{
    /// <summary>The record's file in the checkpoint's folder.</summary>
    public const string FileName = "training.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The recipe.</summary>
    public required CLIPPretrainingConfig Recipe { get; init; }

    /// <summary>Of which version of Mimic's generator its voices and faces are; records that do not say are of version 1.</summary>
    public int MimicVersion { get; init; } = 1;

    /// <summary>Of how many people the pictures are.</summary>
    public required int Speakers { get; init; }

    /// <summary>How many different captions there are.</summary>
    public required int Captions { get; init; }

    /// <summary>Some of the captions, for people to read.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>How many tokens the vocabulary has.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>How many weights the network has.</summary>
    public required long Weights { get; init; }

    /// <summary>One an epoch.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>The hash of the network that was saved, as the encoder tells it after loading.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Writes the record into a folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Reads the record of a checkpoint's folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static CLIPPretrainingRecord Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist; 'lab pretrain clip' writes it.", path);
        try
        {
            return JsonSerializer.Deserialize<CLIPPretrainingRecord>(RegularFile.ReadAllText(path), Format) ?? throw new FormatException($"{path} must hold a JSON object.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} is not a record of a CLIP's pretraining ({error.Message})", error);
        }
    }
}
