namespace Affect.Pretraining.Bert;

/// <summary>What is kept of a pretraining beside its checkpoint: recipe, texts, every epoch's losses, and the fingerprint of the network.</summary>
public sealed record TextPretrainingRecord
{
    /// <summary>The record's file in the checkpoint's folder.</summary>
    public const string FileName = "training.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = false,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The recipe.</summary>
    public required TextPretrainingConfig Recipe { get; init; }

    /// <summary>How many sentences were drawn.</summary>
    public required int Drawn { get; init; }

    /// <summary>How many of them were read: all but those that stand in a held-out corpus.</summary>
    public required int Sentences { get; init; }

    /// <summary>How many of the sentences read differ.</summary>
    public required int Different { get; init; }

    /// <summary>How many clips of the corpus of seed 1, on which results are reported, say a sentence that was read, word for word.</summary>
    public required int OccurringInReported { get; init; }

    /// <summary>The SHA-256 of the sentences read, in alphabetical order, one a line.</summary>
    public required string TextDigest { get; init; }

    /// <summary>How many tokens the vocabulary has.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>How many steps were taken.</summary>
    public required int Steps { get; init; }

    /// <summary>Every epoch's losses: the sum, and its parts.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>The hash of the network that was saved, as the encoder tells it after loading.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Writes the record into a folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Reads the record of a checkpoint's folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static TextPretrainingRecord Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist; 'lab pretrain bert' writes it.", path);
        try
        {
            return JsonSerializer.Deserialize<TextPretrainingRecord>(RegularFile.ReadAllText(path), Format) ?? throw new FormatException($"{path} must hold a JSON object.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} is not a record of a pretraining of texts ({error.Message})", error);
        }
    }
}
