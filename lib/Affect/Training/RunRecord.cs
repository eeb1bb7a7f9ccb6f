namespace Affect.Training;

/// <summary>What a run folder's record says, read back.</summary>
public sealed class RunRecord
{
    private readonly List<StepRecord> steps = [];
    private readonly List<RunResult> results = [];
    private readonly Dictionary<string, IReadOnlyList<double>> metrics = new(StringComparer.Ordinal);

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

    /// <summary>What each step measured.</summary>
    public IReadOnlyList<StepRecord> Steps => steps;

    /// <summary>The loss of each step.</summary>
    public IReadOnlyList<double> Losses => [.. steps.Select(step => step.Loss)];

    /// <summary>The epochs' validation scores by name, in order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Metrics => metrics;

    /// <summary>What trained variants decided.</summary>
    public IReadOnlyList<RunResult> Results => results;

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
        foreach (var (index, text) in lines.Index())
        {
            try
            {
                if (Parse(text, isLast: index == lines.Length - 1) is not { } line) continue;
                if (record is null) record = Text(line, "event") == "start" ? new RunRecord(folder, line) : throw new FormatException("must begin with the line that says what was run");
                else record.Add(line);
            }
            catch (Exception error) when (error is FormatException or ArgumentException)
            {
                throw new FormatException(FormattableString.Invariant($"{path}:{index + 1}: {error.Message.TrimEnd('.')}."), error);
            }
        }
        if (record is null) throw new FormatException($"{path}:1: must begin with the line that says what was run.");
        if (record.results.GroupBy(result => (result.Variant, result.Recipe, result.Trained, result.Present, result.Part, result.Seed)).FirstOrDefault(same => same.Count() > 1)?.Key is { } twice)
            throw new FormatException(FormattableString.Invariant($"{path}: must hold each result once, but holds that of '{twice.Variant}', {twice.Trained} shown {twice.Present}, seed {twice.Seed}, several times."));
        return record;
    }

    private void Add(JsonObject line)
    {
        switch (Text(line, "event"))
        {
            case "step":
                var parts = line["parts"] as JsonObject ?? [];
                steps.Add(new StepRecord
                {
                    Step = steps.Count + 1,
                    Epoch = (int)(Optional(line, "epoch") ?? 0),
                    Loss = Number(line, "loss"),
                    Parts = parts.ToDictionary(part => part.Key, part => Number(parts, part.Key)),
                    GradientNorm = Optional(line, "gradient_norm") ?? 0,
                    Rate = Optional(line, "rate") ?? 0,
                });
                break;
            case "epoch":
                var scores = line["metrics"] as JsonObject ?? [];
                foreach (var (name, _) in scores) metrics[name] = [.. metrics.GetValueOrDefault(name, []), Number(scores, name)];
                break;
            case "result":
                results.Add(Result(line));
                break;
            case "end":
                IsFinished = true;
                break;
        }
    }

    private RunResult Result(JsonObject line) => new()
    {
        Variant = Needed(line, "variant"),
        Recipe = Text(line, "recipe"),
        Folder = Folder,
        Seed = Number(line, "seed") is var seed && seed == Math.Floor(seed) && Math.Abs(seed) <= int.MaxValue ? (int)seed : throw new FormatException($"'seed' must be a whole number, but is {line["seed"]!.ToJsonString()}"),
        Present = Needed(line, "present"),
        Trained = Needed(line, "trained"),
        Part = Needed(line, "part"),
        Ceiling = Optional(line, "ceiling"),
        IsSynthetic = line["is_synthetic"] is { } flag && (flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? flag.GetValue<bool>() : throw new FormatException($"'is_synthetic' must be true or false, but is {flag.ToJsonString()}")),
        // The name is ours, but the file may be anybody's: it leads nowhere else.
        Decisions = Decisions.Load(Path.Combine(Folder, RunLog.DecisionsFolder, Path.GetFileName(Needed(line, "file")))),
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
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is "NaN" or "Infinity" or "-Infinity" => double.Parse(value.GetValue<string>(), CultureInfo.InvariantCulture),
        var other => throw new FormatException($"'{name}' must be a number, but is {other?.ToJsonString() ?? "missing"}"),
    };

    private static double? Optional(JsonObject line, string name) => line[name] is null ? null : Number(line, name);

    private static JsonObject? Parse(string line, bool isLast)
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
            throw new FormatException($"must be a JSON object, but is not ({error.Message})", error);
        }
    }
}
