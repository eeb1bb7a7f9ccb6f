namespace Affect.Pretraining;

/// <summary>What is kept of a pretraining beside its checkpoint; each kind adds its recipe, what was learned from, and how the losses fell.</summary>
public abstract record PretrainingRecord
{
    /// <summary>The record's file in the checkpoint's folder.</summary>
    public const string FileName = "training.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Of which version of Mimic's generator its voices and faces are; records that do not say are of version 1.</summary>
    public int MimicVersion { get; init; } = 1;

    /// <summary>The hash of the network that was saved, as the encoder tells it after loading.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Writes the record into a folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, GetType(), Format) + "\n");

    /// <summary>Half precision for a network whose file would be larger than 6 MB, so that it can come with the repository; null: as it is.</summary>
    internal static ScalarType? PrecisionOf(Module network) => network.parameters().Sum(parameter => parameter.numel()) * sizeof(float) > 6 << 20 ? ScalarType.Float16 : null;

    private protected static T Read<T>(string folder, string command)
        where T : PretrainingRecord
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist; '{command}' writes it.", path);
        try
        {
            return JsonSerializer.Deserialize<T>(RegularFile.ReadAllText(path), Format) ?? throw new FormatException($"{path} must hold a JSON object.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} is not a record of a pretraining by '{command}' ({error.Message})", error);
        }
    }
}
