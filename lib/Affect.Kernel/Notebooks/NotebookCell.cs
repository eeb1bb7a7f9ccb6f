namespace Affect.Kernel.Notebooks;

/// <summary>One cell of a notebook: a view of its JSON, whose unknown parts stay as they are.</summary>
public sealed class NotebookCell
{
    private readonly JsonObject json;

    internal NotebookCell(JsonObject json) => this.json = json;

    /// <summary>Whether it holds code.</summary>
    public bool IsCode => (string?)json["cell_type"] == "code";

    /// <summary>Its text.</summary>
    public string Source => NotebookJson.Text(json["source"]);

    /// <summary>Its tags, as in <c>parameters</c> and <c>raises-exception</c>.</summary>
    public IReadOnlyList<string> Tags => json["metadata"]?["tags"] is JsonArray tags ? [.. tags.Select(tag => tag?.ToString() ?? "")] : [];

    /// <summary>What it printed and showed when it ran, as nbformat stores it.</summary>
    public IReadOnlyList<JsonNode> Outputs => json["outputs"] is JsonArray outputs ? [.. outputs.OfType<JsonNode>()] : [];

    /// <summary>Its number in the run; null when it has not run.</summary>
    public int? ExecutionCount => (int?)json["execution_count"];

    internal JsonObject Json => json;

    /// <summary>The language that Polyglot Notebooks noted for this cell; null where none is.</summary>
    internal string? Language => (string?)(json["metadata"]?["polyglot_notebook"]?["kernelName"] ?? json["metadata"]?["dotnet_interactive"]?["language"]);

    /// <summary>Takes away what an earlier run left.</summary>
    internal void Clear()
    {
        json["outputs"] = new JsonArray();
        json["execution_count"] = null;
    }

    internal void Executed(int count, JsonArray outputs)
    {
        json["execution_count"] = count;
        json["outputs"] = outputs;
    }
}
