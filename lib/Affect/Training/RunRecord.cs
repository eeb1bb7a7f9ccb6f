namespace Affect.Training;

/// <summary>What a run folder's record says, read back.</summary>
public sealed class RunRecord
{
    private RunRecord(string folder, JsonObject start)
    {
        Folder = folder;
        Name = Text(start, "name") ?? "";
        Version = Text(start, "version") ?? "";
        Config = start["config"] as JsonObject ?? [];
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>What was run.</summary>
    public string Name { get; }

    /// <summary>The laboratory's version, with the git hash of its build.</summary>
    public string Version { get; }

    /// <summary>The merged settings.</summary>
    public JsonObject Config { get; }

    /// <summary>The loss of each step.</summary>
    public IReadOnlyList<double> Losses { get; private set; } = [];

    /// <summary>The epochs' validation scores by name, in order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Metrics { get; private set; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>What trained variants decided.</summary>
    public IReadOnlyList<RunResult> Results { get; private set; } = [];

    /// <summary>Whether the run came to its end.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Finds the runs in a folder and the folders below.</summary>
    /// <param name="root">The folder.</param>
    /// <exception cref="DirectoryNotFoundException">It is not there.</exception>
    /// <exception cref="FormatException">There is no record, or one is damaged.</exception>
    public static IReadOnlyList<RunRecord> FindAll(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        if (!Directory.Exists(root)) throw new DirectoryNotFoundException($"{root} must be the folder of a run, but is not there.");
        string[] files = [.. Directory.EnumerateFiles(root, RunLog.FileName, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? [.. files.Select(file => Load(Path.GetDirectoryName(file)!))] : throw new FormatException($"{root} must hold the record of a run ({RunLog.FileName}), but neither it nor a folder below does.");
    }

    /// <summary>Reads the record of one run; a last line that was not finished is left out.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="FormatException">The record is damaged; the message names file and line.</exception>
    public static RunRecord Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, RunLog.FileName);
        var lines = File.ReadAllLines(RegularFile.Require(path));
        RunRecord? record = null;
        var (losses, metrics, results, isFinished) = (new List<double>(), new Dictionary<string, List<double>>(StringComparer.Ordinal), new List<RunResult>(), false);
        foreach (var (index, text) in lines.Index())
        {
            if (Parse(path, text, index, isLast: index == lines.Length - 1) is not { } line) continue;
            try
            {
                if (record is null) record = Text(line, "event") == "start" ? new RunRecord(folder, line) : throw new FormatException("must begin with the line that says what was run");
                switch (Text(line, "event"))
                {
                    case "step":
                        losses.Add(Number(line, "loss"));
                        break;
                    case "epoch":
                        var scores = line["metrics"] as JsonObject ?? [];
                        foreach (var (name, _) in scores) (metrics.TryGetValue(name, out var values) ? values : metrics[name] = []).Add(Number(scores, name));
                        break;
                    case "result":
                        results.Add(Result(folder, line));
                        break;
                    case "end":
                        isFinished = true;
                        break;
                }
            }
            catch (Exception error) when (error is FormatException or ArgumentException)
            {
                throw new FormatException(FormattableString.Invariant($"{path}:{index + 1}: {error.Message.TrimEnd('.')}."), error);
            }
        }
        if (record is null) throw new FormatException($"{path}:1: must begin with the line that says what was run.");
        if (results.GroupBy(result => (result.Variant, result.Recipe, result.Trained, result.Present, result.Part, result.Seed)).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice)
            throw new FormatException(FormattableString.Invariant($"{path}: must hold each result once, but holds that of '{twice.Variant}', {twice.Trained} shown {twice.Present}, seed {twice.Seed}, several times."));
        (record.Losses, record.Results, record.IsFinished) = (losses, results, isFinished);
        record.Metrics = metrics.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<double>)pair.Value, StringComparer.Ordinal);
        return record;
    }

    private static RunResult Result(string folder, JsonObject line) => new()
    {
        Variant = Needed(line, "variant"),
        Recipe = Text(line, "recipe"),
        Folder = folder,
        Seed = Number(line, "seed") is var seed && seed == Math.Floor(seed) && Math.Abs(seed) <= int.MaxValue ? (int)seed : throw new FormatException($"'seed' must be a whole number, but is {line["seed"]!.ToJsonString()}"),
        Present = Needed(line, "present"),
        Trained = Needed(line, "trained"),
        Part = Needed(line, "part"),
        Ceiling = line["ceiling"] is null ? null : Number(line, "ceiling"),
        IsSynthetic = line["is_synthetic"] is { } flag && (flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? flag.GetValue<bool>() : throw new FormatException($"'is_synthetic' must be true or false, but is {flag.ToJsonString()}")),
        // The name is ours, but the file may be anybody's: it leads nowhere else.
        Decisions = Decisions.Load(Path.Combine(folder, RunLog.DecisionsFolder, Path.GetFileName(Needed(line, "file")))),
    };

    private static string? Text(JsonObject line, string name) => line[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        var other => throw new FormatException($"'{name}' must be text, but is {other.ToJsonString()}"),
    };

    private static string Needed(JsonObject line, string name) => Text(line, name) ?? throw new FormatException($"'{name}' must be there, but is not");

    // Not every loss is a number: the log writes the others by their names.
    private static double Number(JsonObject line, string name) => line[name] switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number) => number,
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is "NaN" or "Infinity" or "-Infinity" => double.Parse(value.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture),
        var other => throw new FormatException($"'{name}' must be a number, but is {other?.ToJsonString() ?? "missing"}"),
    };

    private static JsonObject? Parse(string path, string line, int index, bool isLast)
    {
        if (line.Length == 0) return null;
        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw new JsonException("no object");
        }
        catch (JsonException) when (isLast)
        {
            return null; // the run was killed while it wrote
        }
        catch (JsonException error)
        {
            throw new FormatException(FormattableString.Invariant($"{path}:{index + 1}: must be a JSON object, but is not ({error.Message})."), error);
        }
    }
}
