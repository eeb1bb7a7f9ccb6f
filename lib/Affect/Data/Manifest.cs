namespace Affect.Data;

/// <summary>
/// A corpus as a csv file (RFC 4180, UTF-8): the columns <c>clip</c>, <c>speaker</c>, <c>emotion</c> and at least one of <c>audio</c> and
/// <c>video</c> are needed, <c>session</c>, <c>transcript</c> and <c>split</c> may be there, every other column is kept in
/// <see cref="Clip.Extras"/>. Paths are absolute or relative to the manifest's folder. An empty <c>emotion</c> is an unlabelled clip.
/// </summary>
public static class Manifest
{
    /// <summary>What a manifest is called where only its folder is given.</summary>
    public const string FileName = "manifest.csv";

    /// <summary>The column that names the generator of a synthetic corpus.</summary>
    public const string SyntheticColumn = "synthetic";

    /// <summary>The generator of the embedded corpus, as its name and version stand in <see cref="SyntheticColumn"/>; such a corpus is called like it and has the classes of MER2024.</summary>
    internal const string Embedded = "mimic";

    private static readonly string[] EmptyCells = ["nan", "none", "null", "na", "n/a", "<na>"];
    private static readonly string[] Known = ["clip", "audio", "video", "speaker", "session", "emotion", "transcript", "split"];

    /// <summary>Reads a manifest; the media files themselves are not opened.</summary>
    /// <param name="path">The csv file.</param>
    /// <param name="emotions">The classes; null takes them from the labels (<see cref="EmotionSet.Of"/>).</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The message names file and line, what was expected and what was found.</exception>
    public static Corpus Read(string path, EmotionSet? emotions = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist.", path);
        var clips = new ManifestReader(path, emotions).ReadClips();
        var isSynthetic = clips.All(clip => clip.Extras.ContainsKey(SyntheticColumn));
        var isEmbedded = isSynthetic && clips.All(clip => clip.Extras[SyntheticColumn].StartsWith($"{Embedded} ", StringComparison.Ordinal));
        if (isEmbedded) emotions ??= EmotionSet.Mer2024;                        // a small one may lack a class
        if (emotions is null && clips.All(clip => clip.Emotion is null)) throw new FormatException($"{path}: no clip has an emotion, so the classes must be given");
        emotions ??= EmotionSet.Of(clips.Select(clip => clip.Emotion).OfType<string>());
        var root = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var name = isEmbedded ? Embedded : Path.GetFileName(path) == FileName ? Path.GetFileName(root) : Path.GetFileNameWithoutExtension(path);
        string[] empty = [.. emotions.Where(emotion => EmptyCells.Contains(emotion, StringComparer.OrdinalIgnoreCase))];
        var warning = $"{path}: {string.Join(", ", empty.Select(emotion => $"'{emotion}'"))} {(empty.Length == 1 ? "is" : "are")} taken for an emotion, but so tables write an empty cell; leave the cell empty where a clip has no label";
        return new Corpus(name.Length > 0 ? name : "corpus", root, emotions, clips, isSynthetic, empty.Length == 0 ? [] : [warning]);
    }

    /// <summary>Writes a manifest, atomically; paths inside its folder are written relative to it.</summary>
    /// <param name="path">The csv file.</param>
    /// <param name="clips">The clips; extras become columns in order of first appearance.</param>
    /// <exception cref="ArgumentException">An extra has the name of one of the manifest's own columns.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<Clip> clips)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var bytes = Format(clips, Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of a manifest that lies in a given folder.</summary>
    internal static byte[] Format(IReadOnlyList<Clip> clips, string folder)
    {
        ArgumentNullException.ThrowIfNull(clips);
        var extras = clips.SelectMany(clip => clip.Extras.Keys).Distinct(StringComparer.Ordinal).ToArray();
        if (extras.FirstOrDefault(IsKnown) is { } clash)
            throw new ArgumentException($"Extras must not bear the name of a manifest's own column, but there is '{clash}'.", nameof(clips));
        var used = Known.Where(column => column is "clip" or "speaker" or "emotion" || clips.Any(clip => Value(clip, column, folder).Length > 0)).ToArray();

        using var bytes = new MemoryStream();
        using (var csv = CsvWriter.Create(bytes, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteRecord([.. used, .. extras]);
            foreach (var clip in clips)
                csv.WriteRecord([.. used.Select(column => Value(clip, column, folder)), .. extras.Select(column => clip.Extras.GetValueOrDefault(column, ""))]);
        }
        return bytes.ToArray();
    }

    internal static bool IsKnown(string column) => Known.Contains(column, StringComparer.Ordinal);

    private static string Value(Clip clip, string column, string folder) => column switch
    {
        "clip" => clip.Id,
        "audio" => Relative(clip.AudioPath, folder),
        "video" => Relative(clip.VideoPath, folder),
        "speaker" => clip.Speaker,
        "session" => clip.Session ?? "",
        "emotion" => clip.Emotion ?? "",
        "transcript" => clip.Transcript ?? "",
        _ => clip.Split ?? "",
    };

    private static string Relative(string? path, string folder)
    {
        if (path is null) return "";
        var relative = Path.GetRelativePath(folder, path);
        return relative == ".." || relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? path : relative.Replace('\\', '/');
    }
}
