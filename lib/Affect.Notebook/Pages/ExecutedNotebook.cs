namespace Affect.Notebook.Pages;

/// <summary>An executed notebook, read from its file (nbformat 4).</summary>
internal sealed record ExecutedNotebook
{
    private ExecutedNotebook()
    {
    }

    /// <summary>The file's name without its extension.</summary>
    internal required string Name { get; init; }

    /// <summary>The cells in order.</summary>
    internal required IReadOnlyList<NotebookCell> Cells { get; init; }

    /// <summary>Its first heading: the question. The name where there is none.</summary>
    internal string Title => Cells.Where(cell => cell.Kind == "markdown").SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? Name;

    /// <summary>Its claims in order.</summary>
    internal IReadOnlyList<ClaimOutcome> Claims => [.. Outputs.Select(output => output.Claim).OfType<ClaimOutcome>()];

    /// <summary>Its figures in order.</summary>
    internal IReadOnlyList<NotebookFigure> Figures => [.. Outputs.Select(output => output.Figure).OfType<NotebookFigure>()];

    /// <summary>The cell that the notebook's run ended in before its time, counted from 0; null where it came to its end.</summary>
    internal int? EndedAt
    {
        get
        {
            // An error that a cell announces is meant; one after which others ran was.
            var last = Cells.Index().LastOrDefault(entry => entry.Item.ExecutionCount is not null);
            if (last.Item is null) return null;
            var isStopped = last.Item.Outputs.Any(output => output.Kind == "error")
                && (!last.Item.Tags.Contains("raises-exception") || Cells.Skip(last.Index + 1).Any(cell => cell.Kind == "code" && cell.Source.Trim().Length > 0));
            return isStopped || Cells.Skip(last.Index + 1).Any(cell => cell.Kind == "code" && cell.Source.Trim().Length > 0) ? last.Index : null;
        }
    }

    private IEnumerable<NotebookOutput> Outputs => Cells.SelectMany(cell => cell.Outputs);

    /// <summary>Reads a notebook.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is no notebook of nbformat 4.</exception>
    internal static ExecutedNotebook Read(string path) => Parse(RegularFile.ReadAllText(path), path);

    /// <summary>Reads a notebook's text.</summary>
    internal static ExecutedNotebook Parse(string json, string path)
    {
        try
        {
            if (JsonNode.Parse(json) is not JsonObject root || root["cells"] is not JsonArray cells)
                throw new FormatException($"{path} must be a notebook of nbformat 4, but has no list of cells.");
            return new ExecutedNotebook { Name = Path.GetFileNameWithoutExtension(path), Cells = [.. cells.OfType<JsonObject>().Select(Cell)] };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{path} must be a notebook of nbformat 4, but is not: {error.Message}", error);
        }
    }

    private static NotebookCell Cell(JsonObject cell) => new()
    {
        Kind = (string?)cell["cell_type"] ?? "raw",
        Source = Text(cell["source"]),
        Tags = [.. ((cell["metadata"] as JsonObject)?["tags"] as JsonArray ?? []).Select(tag => (string?)tag ?? "")],
        ExecutionCount = (int?)cell["execution_count"],
        Outputs = [.. Merged(cell["outputs"] as JsonArray ?? [])],
    };

    // Pieces of one stream are one output, as a reader saw them.
    private static List<NotebookOutput> Merged(JsonArray outputs)
    {
        var merged = new List<NotebookOutput>();
        foreach (var output in outputs.OfType<JsonObject>().Select(Output))
            if (output.Kind == "stream" && merged.Count > 0 && merged[^1] is { Kind: "stream" } last && last.Name == output.Name)
                merged[^1] = last with { Text = last.Text + output.Text };
            else merged.Add(output);
        return merged;
    }

    private static NotebookOutput Output(JsonObject output)
    {
        var kind = (string?)output["output_type"] ?? "";
        return kind switch
        {
            "stream" => new NotebookOutput { Kind = kind, Name = (string?)output["name"] ?? "stdout", Text = Text(output["text"]) },
            "error" => new NotebookOutput { Kind = kind, Name = (string?)output["ename"] ?? "error", Text = Error(output) },
            _ => new NotebookOutput { Kind = kind, Data = Data(output["data"] as JsonObject ?? []) },
        };
    }

    private static string Error(JsonObject output)
    {
        var traceback = string.Join("\n", (output["traceback"] as JsonArray ?? []).Select(line => (string?)line ?? ""));
        return traceback.Length > 0 ? traceback : $"{(string?)output["ename"]}: {(string?)output["evalue"]}";
    }

    private static Dictionary<string, JsonNode> Data(JsonObject data) => data.Where(form => form.Value is not null).ToDictionary(
        form => form.Key, form => MimeType.IsJson(form.Key) ? form.Value! : JsonValue.Create(Text(form.Value)), StringComparer.Ordinal);

    // A text is a string or a list of its lines.
    private static string Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line ?? "")),
        JsonValue value => value.ToString(),
        null => "",
        _ => node.ToJsonString(),
    };
}
