using System.Text.Json;
using System.Text.Json.Nodes;
using Affect.Evaluation;

namespace Affect.Training;

/// <summary>What a run folder's record says, read back.</summary>
public sealed class RunRecord
{
    private RunRecord(string folder, JsonObject start)
    {
        Folder = folder;
        Name = (string?)start["name"] ?? "";
        Version = (string?)start["version"] ?? "";
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
    public IReadOnlyList<double> Losses { get; private init; } = [];

    /// <summary>The epochs' validation scores by name, in order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Metrics { get; private init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>What trained variants decided.</summary>
    public IReadOnlyList<RunResult> Results { get; private init; } = [];

    /// <summary>Whether the run came to its end.</summary>
    public bool IsFinished { get; private init; }

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
        var events = lines.Select((line, index) => Parse(path, line, index, isLast: index == lines.Length - 1)).OfType<JsonObject>().ToArray();
        if (events.Length == 0 || Kind(events[0]) != "start") throw new FormatException($"{path}:1: must begin with the line that says what was run.");
        var metrics = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        foreach (var epoch in events.Where(line => Kind(line) == "epoch"))
            foreach (var (name, value) in epoch["metrics"] as JsonObject ?? [])
                (metrics.TryGetValue(name, out var values) ? values : metrics[name] = []).Add((double)value!);
        return new RunRecord(folder, events[0])
        {
            Losses = [.. events.Where(line => Kind(line) == "step").Select(line => (double)line["loss"]!)],
            Metrics = metrics.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<double>)pair.Value, StringComparer.Ordinal),
            Results = [.. events.Where(line => Kind(line) == "result").Select(line => Result(folder, line))],
            IsFinished = events.Any(line => Kind(line) == "end"),
        };
    }

    private static RunResult Result(string folder, JsonObject line) => new()
    {
        Variant = (string)line["variant"]!,
        Seed = (int)line["seed"]!,
        Present = (string)line["present"]!,
        Trained = (string)line["trained"]!,
        Part = (string)line["part"]!,
        Ceiling = (double?)line["ceiling"],
        IsSynthetic = (bool?)line["is_synthetic"] ?? false,
        // The name is ours, but the file may be anybody's: it leads nowhere else.
        Decisions = Decisions.Load(Path.Combine(folder, RunLog.DecisionsFolder, Path.GetFileName((string)line["file"]!))),
    };

    private static string? Kind(JsonObject line) => (string?)line["event"];

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
