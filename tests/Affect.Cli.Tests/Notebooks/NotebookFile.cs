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

    internal static string Source(JsonObject cell) => cell["source"] is JsonArray lines ? string.Concat(lines.Select(line => (string)line!)) : (string)cell["source"]!;

    internal static string[] Lines(JsonObject cell) => Source(cell).Split('\n');

    internal static IReadOnlyList<string> Tags(JsonObject cell) => [.. (cell["metadata"]!["tags"]?.AsArray() ?? []).Select(tag => (string)tag!)];

    public override string ToString() => Name;
}
