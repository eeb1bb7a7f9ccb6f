namespace Affect.Prediction;

public sealed partial class EmotionSystem
{
    private const int Version = 1;
    private const string DescriptionName = "system.json";
    private const string MembersFolder = "members";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes the whole system, encoders included, into a folder that can be moved anywhere.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        foreach (var source in sources) source.Save(Path.Combine(folder, source.Modality));
        foreach (var (number, member) in memberFolders.Index()) SourceFile.CopyFiles(member, MemberFolder(folder, number), "fusion.json", "model.safetensors", "standardisation.safetensors");
        // The description comes last: a folder that has one is complete.
        AtomicFile.WriteText(
            Path.Combine(folder, DescriptionName),
            JsonSerializer.Serialize(new Description(Version, TrainedOn, IsSynthetic, [.. Modalities], [.. Sources], [.. Emotions], members.Count), Format) + "\n");
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="media">Reads clips; null: ffmpeg.</param>
    /// <param name="device">Where encoders compute; null: the CPU.</param>
    /// <param name="parts">How encoders and adapters are opened that are not the library's; null: all are the library's.</param>
    /// <exception cref="FileNotFoundException">The folder holds no system.</exception>
    /// <exception cref="FormatException">A file is damaged, or files do not fit each other.</exception>
    public static EmotionSystem Load(string folder, IMediaReader? media = null, Device? device = null, SystemParts? parts = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, DescriptionName);
        if (!File.Exists(path)) throw new FileNotFoundException($"{folder} must hold a trained system ({DescriptionName}), as 'lab fuse --system' writes it, but does not.", path);
        PointerFile.Refuse(path);
        Description description;
        try
        {
            description = JsonSerializer.Deserialize<Description>(RegularFile.ReadAllText(path), Format) ?? throw new JsonException("it holds null");
            if (description.Version != Version) throw new JsonException(FormattableString.Invariant($"it is of version {description.Version}, and {Version} is understood"));
            if (description.Modalities is not { Length: > 0 } || description.Members < 1) throw new JsonException("modalities or members are missing");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} must describe a trained system, but does not: {error.Message.TrimEnd('.')}.", error);
        }
        var reader = media ?? new RememberingReader(new Ffmpeg());
        var opened = new List<IModalitySource>();
        try
        {
            foreach (var modality in description.Modalities) opened.Add(Open(modality, Path.Combine(folder, modality), reader, device, path, parts ?? new SystemParts()));
            return new EmotionSystem(description.TrainedOn, description.IsSynthetic, opened, [.. Enumerable.Range(0, description.Members).Select(member => MemberFolder(folder, member))]);
        }
        catch
        {
            foreach (var source in opened) source.Dispose();
            throw;
        }
    }

    private static IModalitySource Open(string modality, string folder, IMediaReader media, Device? device, string path, SystemParts parts) => modality switch
    {
        "acoustic" => AcousticSource.Load(folder, media, device, parts),
        "visual" => VisualSource.Load(folder, media, device, parts),
        "lexical" => LexicalSource.Load(folder, device, parts),
        _ => throw new FormatException($"{path} must be of acoustic, visual and lexical modalities, but names '{modality}'."),
    };

    private static string MemberFolder(string folder, int member) => Path.Combine(folder, MembersFolder, member.ToString(CultureInfo.InvariantCulture));

    private sealed record Description(int Version, string TrainedOn, bool IsSynthetic, string[] Modalities, string[] Sources, string[] Emotions, int Members);
}
