namespace Affect.Data;

/// <summary>Turns the text of one manifest into clips; every complaint names file and line.</summary>
internal sealed class ManifestReader(string path, string text, EmotionSet? emotions)
{
    private static readonly string[] Needed = ["clip", "speaker", "emotion"];

    private readonly string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
    private readonly NearbyFile nearby = new();
    private string[] header = [];
    private int line = 1;

    internal List<Clip> ReadClips()
    {
        using var csv = CsvReader.Create(
            Encoding.UTF8.GetBytes(text),
            new CsvReaderOptions { Separator = ',', HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw });
        if (!NextRow(csv, out var names)) throw new FormatException($"{path}:1: must begin with the columns' names, but is empty.");
        ReadHeader(names);
        var clips = new List<Clip>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var labels = new Dictionary<string, (string Label, int Line)>(StringComparer.Ordinal);
        while (NextRow(csv, out var fields))
        {
            var clip = ReadClip(fields);
            if (!lines.TryAdd(clip.Id, line)) throw Bad($"the clip '{clip.Id}' is already in line {lines[clip.Id]}.");
            if (emotions is null && clip.Emotion is { } label && !labels.TryAdd(NameForm.OfPerson(label), (label, line)) && labels[NameForm.OfPerson(label)] is var first && NameForm.OfLabel(label) != NameForm.OfLabel(first.Label))
                throw Bad($"the emotion '{NameForm.Visible(label)}' differs from '{NameForm.Visible(first.Label)}' in line {first.Line} by no more than capitals or the like; write one of them throughout.");
            clips.Add(clip);
        }
        if (clips.Count == 0) throw new FormatException($"{path}: must hold at least one clip, but ends after the columns' names.");
        return clips;
    }

    private bool NextRow(CsvReader csv, out string[] fields)
    {
        fields = [];
        try
        {
            do
            {
                if (!csv.Read()) return false;
                line = (int)csv.LineNumber;                                     // where the record begins: a quoted field may span lines
                fields = csv.Current.ToArray();
            }
            while (fields.All(string.IsNullOrWhiteSpace));                      // spreadsheets leave rows of commas at the end
            return true;
        }
        catch (CsvFormatException error)
        {
            throw new FormatException(
                $"{path}:{error.LineNumber}: a quote must enclose a whole field, be doubled inside it and be closed ({error.Message.TrimEnd('.')}).", error);
        }
    }

    private void ReadHeader(string[] names)
    {
        // A column that the manifest needs is known by what can be seen of its name.
        header = [.. names.Select(name => Manifest.IsKnown(NameForm.Clean(name)) ? NameForm.Clean(name) : name.Trim())];
        var twice = header.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw Bad($"every column must have a name of its own, but '{twice.Key}' is there {twice.Count()} times.");
        var missing = Needed.Where(name => !header.Contains(name, StringComparer.Ordinal)).ToList();
        if (!header.Contains("audio", StringComparer.Ordinal) && !header.Contains("video", StringComparer.Ordinal)) missing.Add("audio (or video)");
        if (missing.Count == 0) return;
        var separator = header is not [var only] ? null : only.Contains(';') ? "';'" : only.Contains('\t') ? "tabs" : null;
        var hint = separator is null ? "" : $" Its columns seem to be separated by {separator}; commas are expected.";
        throw Bad($"the column {string.Join(", ", missing)} is missing; found: {string.Join(", ", header)}.{hint}");
    }

    private Clip ReadClip(string[] fields)
    {
        if (fields.Length != header.Length)
            throw Bad($"must have {header.Length} fields like the first line, but has {fields.Length} (a comma in a field needs quotes around it).");
        var extras = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        for (var column = 0; column < header.Length; column++)
            if (!Manifest.IsKnown(header[column]) && header[column].Length > 0 && fields[column].Length > 0) extras.Add(header[column], fields[column]);

        var id = Field(fields, "clip") ?? throw Bad("the clip's name is empty.");
        var clip = new Clip
        {
            Id = id,
            AudioPath = Resolve(Field(fields, "audio")),
            VideoPath = Resolve(Field(fields, "video")),
            Speaker = Named(fields, "speaker") is { } speaker
                ? speaker
                : throw Bad($"the clip '{id}' has no speaker; folds are by speaker, so write who speaks, or a name of its own where nobody knows."),
            Session = Field(fields, "session"),
            Emotion = Named(fields, "emotion"),
            Transcript = Field(fields, "transcript"),
            Split = ReadSplit(Named(fields, "split") is { } part ? NameForm.OfLabel(part) : null),
            Extras = extras,
        };
        if (clip.AudioPath is null && clip.VideoPath is null) throw Bad($"the clip '{id}' has neither audio nor video.");
        if (clip.Emotion is { } label && emotions is not null && !emotions.Contains(label))
            throw Bad($"the emotion must be one of {emotions}, but is '{label}'.");
        return clip;
    }

    private string? Field(string[] fields, string column)
    {
        var index = Array.IndexOf(header, column);
        return index < 0 || fields[index].Length == 0 ? null : fields[index];
    }

    // As it is written, so that a warning can show how; null where nothing of it can be seen.
    private string? Named(string[] fields, string column) => Field(fields, column)?.Trim() is { } text && NameForm.Clean(text).Length > 0 ? text : null;

    // Where a file of this name is not there, but one whose letters are composed in another way, that one is meant: tables and disks differ in it.
    private string? Resolve(string? field)
    {
        if (field is null) return null;
        var full = Path.GetFullPath(Path.Combine(folder, field));
        return nearby.Composed(full) ?? full;
    }

    private string? ReadSplit(string? field) => string.IsNullOrEmpty(field)
        ? null
        : SplitNames.Canonical(field) ?? throw Bad($"the split must be one of {string.Join(", ", SplitNames.All)}, but is '{field}'.");

    private FormatException Bad(string message) => new($"{path}:{line}: {message}");
}
