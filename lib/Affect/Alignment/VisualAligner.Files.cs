namespace Affect.Alignment;

public sealed partial class VisualAligner
{
    private const string WeightsName = "aligner.safetensors";
    private const string ConfigName = "aligner.json";

    private static readonly JsonSerializerOptions Format = FormatWith([]);

    /// <summary>The frames that it was trained on, as the key of their recipe; empty where it was not said.</summary>
    public string FramesKey { get; init; } = "";

    /// <summary>The clips whose labels its teacher may have learned from (<see cref="Features.LearnedClips"/>): who speaks in them is no stranger. Null: none, or not known.</summary>
    public IReadOnlyList<string>? Taught { get; set; }

    /// <summary>Whether its teacher knew what no network could know: a control for measuring only, whose vectors are no features.</summary>
    public bool IsControl { get; set; }

    /// <summary>What <see cref="Taught"/> will be of an aligner that <see cref="Save"/> wrote, without loading it.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">The file is missing.</exception>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static IReadOnlyList<string>? TaughtOf(string folder) => Describe(folder).Taught;

    /// <summary>What <see cref="IsControl"/> will be of an aligner that <see cref="Save"/> wrote, without loading it.</summary>
    /// <inheritdoc cref="TaughtOf"/>
    public static bool IsControlOf(string folder) => Describe(folder).IsControl;

    /// <summary>Writes <c>aligner.json</c> and <c>aligner.safetensors</c>.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        SafetensorsWriter.Write(Path.Combine(folder, WeightsName), state_dict());
        AtomicFile.WriteText(Path.Combine(folder, ConfigName), JsonSerializer.Serialize(new Description(Config, InputSize, OutputSize, FramesKey, Taught, IsControl), Format) + "\n");
    }

    /// <summary>Reads what <see cref="Save"/> wrote; frozen and in evaluation mode.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="losses">Losses of your own, any settings: the file says which was trained with, and with what settings. Null: the library's alone.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, they do not fit each other, or the loss is not known.</exception>
    public static VisualAligner Load(string folder, Device? device = null, IReadOnlyList<AlignmentLoss>? losses = null)
    {
        var description = Describe(folder, FormatWith(losses ?? []));
        var aligner = Untrained(description, folder);
        try
        {
            using var file = SafetensorsFile.Open(Path.Combine(folder, WeightsName));
            WeightLoader.Load(aligner.state_dict(), file, NameMap.Identity);
            if (device is not null) aligner.to(device);
            aligner.eval();
            foreach (var parameter in aligner.parameters()) parameter.requires_grad = false;
            return aligner;
        }
        catch
        {
            aligner.Dispose();
            throw;
        }
    }

    private static VisualAligner Untrained(Description description, string folder)
    {
        try
        {
            return new VisualAligner(description.Config, description.InputSize, description.OutputSize, seed: 0)
            {
                FramesKey = description.FramesKey,
                Taught = description.Taught,
                IsControl = description.IsControl,
            };
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"{Path.Combine(folder, ConfigName)} must describe an aligner, but does not: {error.Message}", error);
        }
    }

    private static Description Describe(string folder, JsonSerializerOptions? format = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, ConfigName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist; 'lab align' writes it.", path);
        PointerFile.Refuse(path);
        try
        {
            var description = JsonSerializer.Deserialize<Description>(RegularFile.ReadAllText(path), format ?? Format) ?? throw new JsonException("it holds null");
            if (description.Config is null) throw new JsonException("'config' is missing");
            return description;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new FormatException($"{path} must describe an aligner, but does not: {error.Message}", error);
        }
    }

    // A field that nobody reads might have meant something: it is refused.
    private static JsonSerializerOptions FormatWith(IReadOnlyList<AlignmentLoss> own) => new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new LossConverter([.. AlignmentLoss.All, .. own]) },
    };

    private sealed class LossConverter(IReadOnlyList<AlignmentLoss> known) : JsonConverter<AlignmentLoss>
    {
        private const string NameKey = "name";

        public override AlignmentLoss Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var settings = JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("'loss' must be an object");
            var name = settings[NameKey] is JsonValue value && value.TryGetValue(out string? text) ? text : throw new JsonException("'loss' must have a 'name'");
            var found = known.FirstOrDefault(loss => loss.Name == name)
                ?? throw new JsonException($"'loss' must be one of {string.Join(", ", known.Select(loss => loss.Name))}, but is '{name}'; give one of your own to Load");
            settings.Remove(NameKey);
            return (AlignmentLoss)settings.Deserialize(found.GetType(), Plain(options))!;
        }

        public override void Write(Utf8JsonWriter writer, AlignmentLoss value, JsonSerializerOptions options)
        {
            var settings = JsonSerializer.SerializeToNode(value, value.GetType(), Plain(options))!.AsObject();
            settings.Remove(NameKey);
            new JsonObject([new(NameKey, value.Name), .. settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value?.DeepClone()))]).WriteTo(writer);
        }

        // Without this converter, which would be asked for the derived types, too.
        private static JsonSerializerOptions Plain(JsonSerializerOptions options) => new() { PropertyNamingPolicy = options.PropertyNamingPolicy, UnmappedMemberHandling = options.UnmappedMemberHandling };
    }

    private sealed record Description(
        AlignmentConfig Config, int InputSize, int OutputSize, string FramesKey, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Taught = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsControl = false);
}
