namespace Affect.Cli.Tests.Notebooks;

/// <summary>A committed notebook, as its readers get it.</summary>
internal sealed class NotebookFile(string path)
{
    private readonly JsonObject document = JsonNode.Parse(File.ReadAllText(path))!.AsObject();

    internal static string Folder => Path.Combine(Repository.Root, "notebooks");

    internal string Name { get; } = Path.GetFileName(path);

    internal string Text { get; } = File.ReadAllText(path);

    internal IReadOnlyList<JsonObject> Cells => [.. document["cells"]!.AsArray().Select(cell => cell!.AsObject())];

    internal IReadOnlyList<JsonObject> Code => [.. Cells.Where(cell => (string?)cell["cell_type"] == "code")];

    internal JsonObject Metadata => document["metadata"]!.AsObject();

    internal IReadOnlyList<JsonObject> Outputs => [.. Code.SelectMany(cell => cell["outputs"]!.AsArray()).Select(output => output!.AsObject())];

    internal static IReadOnlyList<NotebookFile> All() => [.. Directory.GetFiles(Folder, "*.ipynb").Order(StringComparer.Ordinal).Select(path => new NotebookFile(path))];

    /// <summary>Writes a notebook of code cells.</summary>
    /// <returns>Its path.</returns>
    internal static string Write(string path, params IEnumerable<string> sources) => Write(path, sources.Select(source => Cell(source)));

    internal static string Write(string path, IEnumerable<JsonObject> cells)
    {
        File.WriteAllText(path, new JsonObject
        {
            ["cells"] = new JsonArray([.. cells]),
            ["metadata"] = new JsonObject { ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" } },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString());
        return path;
    }

    /// <summary>A code cell as it is before it has run.</summary>
    internal static JsonObject Cell(string source, params IEnumerable<string> tags) => new()
    {
        ["cell_type"] = "code",
        ["execution_count"] = null,
        ["id"] = Guid.NewGuid().ToString("N")[..8],
        ["metadata"] = tags.Any() ? new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => JsonValue.Create(tag))]) } : new JsonObject(),
        ["outputs"] = new JsonArray(),
        ["source"] = source,
    };

    /// <summary>A text of an output: a list of lines or one text, as the writer likes.</summary>
    internal static string TextOf(JsonNode? form) => form is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)form ?? "";

    internal static string Source(JsonObject cell) => TextOf(cell["source"]);

    internal static string[] Lines(JsonObject cell) => Source(cell).Split('\n');

    internal static IReadOnlyList<string> Tags(JsonObject cell) => [.. (cell["metadata"]!["tags"]?.AsArray() ?? []).Select(tag => (string)tag!)];

    public override string ToString() => Name;
}
