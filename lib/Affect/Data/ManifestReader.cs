namespace Affect.Data;

/// <summary>Turns one manifest into clips; every complaint names file and line.</summary>
internal sealed class ManifestReader(string path, EmotionSet? emotions)
{
    private static readonly string[] Needed = ["clip", "speaker", "emotion"];

    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
    private readonly NearbyFile nearby = new();
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Label, int Line)> labels = new(StringComparer.Ordinal);
    private string[] header = [];
    private string[] fields = [];
    private int line = 1;

    internal List<Clip> ReadClips()
    {
        var clips = new List<Clip>();
        foreach (var row in CsvFile.Read(path))
        {
            (line, fields) = row;
            if (header.Length == 0) ReadHeader();
            else clips.Add(ReadClip());
        }
        if (header.Length == 0) throw Bad("must begin with the columns' names, but is empty.");
        return clips.Count > 0 ? clips : throw new FormatException($"{path}: must hold at least one clip, but ends after the columns' names.");
    }

    private void ReadHeader()
    {
        // A column that the manifest needs is known by what can be seen of its name.
        header = [.. fields.Select(name => Manifest.IsKnown(NameForm.Clean(name)) ? NameForm.Clean(name) : name.Trim())];
        if (header.CountBy(name => name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice, Value: var times })
            throw Bad($"every column must have a name of its own, but '{twice}' is there {times} times.");
        string[] missing = [.. Needed.Except(header), .. header.Intersect(["audio", "video"]).Any() ? Array.Empty<string>() : ["audio (or video)"]];
        if (missing.Length == 0) return;
        var separator = header is not [var only] ? null : only.Contains(';') ? "';'" : only.Contains('\t') ? "tabs" : null;
        var hint = separator is null ? "" : $" Its columns seem to be separated by {separator}; commas are expected.";
        throw Bad($"the column {string.Join(", ", missing)} is missing; found: {string.Join(", ", header)}.{hint}");
    }

    private Clip ReadClip()
    {
        if (fields.Length != header.Length)
            throw Bad($"must have {header.Length} fields like the first line, but has {fields.Length} (a comma in a field needs quotes around it).");
        var extras = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (column, value) in header.Zip(fields))
            if (!Manifest.IsKnown(column) && column.Length > 0 && value.Length > 0) extras.Add(column, value);

        var id = Field("clip") ?? throw Bad("the clip's name is empty.");
        var clip = new Clip
        {
            Id = id,
            AudioPath = Resolve(Field("audio")),
            VideoPath = Resolve(Field("video")),
            Speaker = Named("speaker") ?? throw Bad($"the clip '{id}' has no speaker; folds are by speaker, so write who speaks, or a name of its own where nobody knows."),
            Session = Field("session"),
            Emotion = Named("emotion"),
            Transcript = Field("transcript"),
            Split = Named("split") is { } part ? ReadSplit(NameForm.OfLabel(part)) : null,
            Extras = extras,
        };
        if (clip.AudioPath is null && clip.VideoPath is null) throw Bad($"the clip '{id}' has neither audio nor video.");
        if (!lines.TryAdd(id, line)) throw Bad($"the clip '{id}' is already in line {lines[id]}.");
        if (clip.Emotion is { } label) CheckLabel(label);
        return clip;
    }

    private void CheckLabel(string label)
    {
        if (emotions is not null && !emotions.Contains(label)) throw Bad($"the emotion must be one of {emotions}, but is '{label}'.");
        if (emotions is not null || labels.TryAdd(NameForm.OfPerson(label), (label, line))) return;
        var first = labels[NameForm.OfPerson(label)];
        if (NameForm.OfLabel(label) != NameForm.OfLabel(first.Label))
            throw Bad($"the emotion '{NameForm.Visible(label)}' differs from '{NameForm.Visible(first.Label)}' in line {first.Line} by no more than capitals or the like; write one of them throughout.");
    }

    private string? Field(string column)
    {
        var index = Array.IndexOf(header, column);
        return index < 0 || fields[index].Length == 0 ? null : fields[index];
    }

    // As it is written, so that a warning can show how; null where nothing of it can be seen.
    private string? Named(string column) => Field(column)?.Trim() is { } text && NameForm.Clean(text).Length > 0 ? text : null;

    // Where a file of this name is not there, but one whose letters are composed in another way, that one is meant: tables and disks differ in it.
    private string? Resolve(string? field)
    {
        if (field is null) return null;
        var full = Path.GetFullPath(Path.Combine(folder, field));
        return nearby.Composed(full) ?? full;
    }

    private string ReadSplit(string name) => SplitNames.Canonical(name) ?? throw Bad($"the split must be one of {string.Join(", ", SplitNames.All)}, but is '{name}'.");

    private FormatException Bad(string message) => new($"{path}:{line}: {message}");
}
