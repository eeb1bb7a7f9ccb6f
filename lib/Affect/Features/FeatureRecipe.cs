namespace Affect.Features;

/// <summary>What makes features what they are: encoder, preprocessing, pooling, precision. Features of one recipe can be compared and stand in one store.</summary>
public sealed record FeatureRecipe
{
    // Raised when the way from clips to features changes, so that older stores are not mixed with newer features.
    private const int Version = 2;

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>The encoder's name, for people; the same weights under another name are the same recipe.</summary>
    public required string Encoder { get; init; }

    /// <summary>The encoder's configuration and weights as a hash.</summary>
    public required string Fingerprint { get; init => field = NotEmpty(value, nameof(Fingerprint)); }

    /// <summary>What the encoder was adapted by, as a hash (<see cref="Encoders.IEncoder.Adapter"/>); null: by nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Adapter { get; init; }

    /// <summary>The clips whose labels the encoder has learned from (<see cref="Encoders.IEncoder.Learned"/>); null: none, or not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? LearnedClips { get; init; }

    /// <summary>What of a clip is encoded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ClipPart Part { get; init; }

    /// <summary>Whatever else the features depend on, in words, as how pictures are sampled; null: nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Preprocessing { get; init; }

    /// <summary>How frames become one vector; null: each frame is kept, and a clip is a sequence of its own length.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Pooling? Pooling { get; init; }

    /// <summary>The rate (hertz) at which clips are decoded to one channel; 0 where no sound is read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SampleRate { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The lowest layer kept; 0 is the input of the first block.</summary>
    public required int FirstLayer { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The highest layer kept.</summary>
    public required int LastLayer { get; init => field = Require.AtLeast(0, value); }

    /// <summary>How many numbers each layer has after pooling.</summary>
    public required int Dims { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Longer clips (seconds) are cut into equal pieces; 0: never; null where no sound is read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? MaximumSeconds { get; init => field = value is { } seconds ? Require.AtLeast(0.0, seconds) : null; }

    /// <summary>Whether a clip is a sequence of frames; else it is one vector per layer.</summary>
    [JsonIgnore]
    public bool KeepsFrames => Pooling is null;

    /// <summary>How many layers are kept.</summary>
    [JsonIgnore]
    public int Layers => LastLayer - FirstLayer + 1;

    /// <summary>The recipe as a hash, 64 hexadecimal digits: everything but the encoder's name.</summary>
    [JsonIgnore]
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Version}\n{(this with { Encoder = "" }).ToJson()}")));

    /// <summary>Whether another recipe says the same.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(FeatureRecipe? other) => other is not null && ToJson() == other.ToJson();

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    /// <summary>The recipe as JSON, as it stands in <c>store.json</c>.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, Layout);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">The text is not such a recipe.</exception>
    internal static FeatureRecipe FromJson(string json) => JsonSerializer.Deserialize<FeatureRecipe>(json, Layout) ?? throw new JsonException("it holds null");

    private static string NotEmpty(string value, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, name);
        return value;
    }
}
