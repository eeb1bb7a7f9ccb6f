namespace Affect.Kernel.Tests.Notebooks;

/// <summary>Makes the JSON of notebooks for tests.</summary>
internal sealed class NotebookBuilder
{
    private readonly JsonArray cells = [];

    public NotebookBuilder Markdown(string text) => Add("markdown", text, []);

    public NotebookBuilder Code(string text, params string[] tags) => Add("code", text, tags);

    public string ToText() => new JsonObject
    {
        ["cells"] = cells.DeepClone(),
        ["metadata"] = new JsonObject
        {
            ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
            ["language_info"] = new JsonObject { ["name"] = "C#" },
            ["author"] = "kept",
        },
        ["nbformat"] = 4,
        ["nbformat_minor"] = 5,
    }.ToJsonString();

    public string Save(string path)
    {
        File.WriteAllText(path, ToText());
        return path;
    }

    private NotebookBuilder Add(string type, string text, string[] tags)
    {
        var cell = new JsonObject
        {
            ["cell_type"] = type,
            ["id"] = $"cell-{cells.Count + 1}",
            ["metadata"] = tags.Length > 0 ? new JsonObject { ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]) } : new JsonObject(),
            ["source"] = text,
        };
        if (type == "code") (cell["execution_count"], cell["outputs"]) = (99, new JsonArray(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "old" }));
        cells.Add(cell);
        return this;
    }
}
