namespace Affect.Pretraining.Hubert;

/// <summary>What is kept of a pretraining beside its checkpoint: recipe, units, every step's losses, and the fingerprint of the network.</summary>
public sealed record PretrainingRecord
{
    /// <summary>The record's file in the checkpoint's folder.</summary>
    public const string FileName = "training.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = false,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new ShortNumber(), new PretrainingStepsJson() },
    };

    /// <summary>The recipe.</summary>
    public required PretrainingConfig Recipe { get; init; }

    /// <summary>Of which version of Mimic's generator its voices and faces are; records that do not say are of version 1.</summary>
    public int MimicVersion { get; init; } = 1;

    /// <summary>How many clips were heard.</summary>
    public required int Clips { get; init; }

    /// <summary>Of how many speakers.</summary>
    public required int Speakers { get; init; }

    /// <summary>How long they are in all, hours.</summary>
    public required double Hours { get; init; }

    /// <summary>One an iteration.</summary>
    public required IReadOnlyList<IterationRecord> Iterations { get; init; }

    /// <summary>The hash of the network that was saved, as the encoder tells it after loading.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Writes the record into a folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Reads the record of a checkpoint's folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static PretrainingRecord Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist; 'lab pretrain hubert' writes it.", path);
        try
        {
            return JsonSerializer.Deserialize<PretrainingRecord>(RegularFile.ReadAllText(path), Format) ?? throw new FormatException($"{path} must hold a JSON object.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} is not a record of a pretraining ({error.Message})", error);
        }
    }

    /// <summary>Five digits say all there is to say of a loss, in a third of the bytes.</summary>
    private sealed class ShortNumber : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.ToString("G5", System.Globalization.CultureInfo.InvariantCulture));
    }
}
