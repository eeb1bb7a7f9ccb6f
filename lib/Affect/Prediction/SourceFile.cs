namespace Affect.Prediction;

/// <summary>How a source reads clips, as <c>source.json</c> keeps it.</summary>
internal sealed record SourceFile
{
    private const string FileName = "source.json";

    private static readonly string[] LeftOut = [".md", ".svg", ".png"];

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    public int FirstLayer { get; init; }

    public int LastLayer { get; init; }

    public Pooling Pooling { get; init; }

    public double FramesPerSecond { get; init; } = 5;

    /// <summary>The name of what was adapted or aligned; null: nothing.</summary>
    public string? Adapted { get; init; }

    /// <summary>Where that lies now.</summary>
    [JsonIgnore]
    public string? AdaptedFrom { get; init; }

    internal static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    internal static SourceFile Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        PointerFile.Refuse(path);
        try
        {
            return JsonSerializer.Deserialize<SourceFile>(RegularFile.ReadAllText(path), Format) ?? throw new JsonException("it holds null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} must say how clips are read, but does not: {error.Message}", error);
        }
    }

    internal void Write(string folder) => AtomicFile.WriteText(Path.Combine(folder, FileName), JsonSerializer.Serialize(this, Format) + "\n");

    /// <summary>Copies an encoder's or adapter's files; pictures and prose stay behind.</summary>
    internal static void CopyEncoder(string from, string to) => CopyFiles(
        from, to,
        [.. Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(file => !LeftOut.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Select(file => Path.GetRelativePath(from, file))]);

    /// <summary>Copies some files of a folder.</summary>
    internal static void CopyFiles(string from, string to, params string[] names)
    {
        foreach (var name in names)
        {
            using var source = RegularFile.OpenRead(Path.Combine(from, name));
            AtomicFile.Write(Path.Combine(to, name), source.CopyTo);
        }
    }
}
