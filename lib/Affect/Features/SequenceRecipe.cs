namespace Affect.Features;

/// <summary>What makes sequences of frames what they are: encoder and preprocessing. Sequences of one recipe can be compared and stand in one store.</summary>
public sealed record SequenceRecipe
{
    // Raised when the way from a clip to its frames changes, so that older stores are not mixed with newer sequences.
    private const int Version = 2;

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The encoder's name, for people; the same weights under another name are the same recipe.</summary>
    public required string Encoder { get; init; }

    /// <summary>The encoder's configuration and weights as a hash.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Everything else that the frames depend on, in words: how they are sampled, and which of the encoder's outputs is kept.</summary>
    public required string Preprocessing { get; init; }

    /// <summary>How many numbers a frame has.</summary>
    public required int Dims { get; init => field = Require.AtLeast(1, value); }

    /// <summary>The recipe as a hash, 64 hexadecimal digits: everything but the encoder's name.</summary>
    [JsonIgnore]
    public string Key => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"frames {Version}\n{(this with { Encoder = "" }).ToJson()}")));

    internal string ToJson() => JsonSerializer.Serialize(this, Layout);

    /// <exception cref="JsonException">The text is not such a recipe.</exception>
    internal static SequenceRecipe FromJson(string json) => JsonSerializer.Deserialize<SequenceRecipe>(json, Layout) ?? throw new JsonException("it holds null");
}
