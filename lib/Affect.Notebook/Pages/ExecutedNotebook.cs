namespace Affect.Notebook.Pages;

/// <summary>An executed notebook, read from its file (nbformat 4).</summary>
/// <param name="Name">The file's name without its extension.</param>
/// <param name="Cells">The cells in order.</param>
internal sealed partial record ExecutedNotebook(string Name, IReadOnlyList<ExecutedNotebook.Cell> Cells)
{
    /// <summary>Its first heading: the question. The name where there is none.</summary>
    internal string Title => Cells.Where(cell => cell.Kind == "markdown").SelectMany(cell => cell.Source.Split('\n'))
        .FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? Name;

    /// <summary>Its claims in order.</summary>
    internal IReadOnlyList<ClaimOutcome> Claims => [.. Cells.SelectMany(cell => cell.Outputs).Select(output => output.Claim).OfType<ClaimOutcome>()];

    /// <summary>The pictures of its figures in order: markup that needs nothing else.</summary>
    internal IReadOnlyList<string> Figures => [.. Cells.SelectMany(cell => cell.Outputs).Select(output => output.Figure).OfType<string>()];

    /// <summary>The cell that the notebook's run ended in before its time, counted from 0; null where it came to its end.</summary>
    internal int? EndedAt
    {
        get
        {
            var (index, last) = Cells.Index().LastOrDefault(entry => entry.Item.ExecutionCount is not null);
            if (last is null) return null;
            // An error that a cell announces is meant; one after which others ran was.
            var isStopped = last.Outputs.Any(output => output.Kind == "error") && !last.Tags.Contains("raises-exception");
            return isStopped || Cells.Skip(index + 1).Any(cell => cell.Kind == "code" && cell.Source.Trim().Length > 0) ? index : null;
        }
    }

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
            return new ExecutedNotebook(Path.GetFileNameWithoutExtension(path), [.. cells.OfType<JsonObject>().Select(ReadCell)]);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{path} must be a notebook of nbformat 4, but is not: {error.Message}", error);
        }
    }

    private static Cell ReadCell(JsonObject cell)
    {
        var outputs = new List<Output>();
        foreach (var output in (cell["outputs"] as JsonArray ?? []).OfType<JsonObject>().Select(ReadOutput))
        {
            // Pieces of one stream are one output, as a reader saw them.
            if (output.Kind == "stream" && outputs.LastOrDefault() is { Kind: "stream" } last && last.Name == output.Name)
                outputs[^1] = last with { Text = last.Text + output.Text };
            else outputs.Add(output);
        }
        var tags = (cell["metadata"] as JsonObject)?["tags"] as JsonArray ?? [];
        return new Cell((string?)cell["cell_type"] ?? "raw", Text(cell["source"]), [.. tags.Select(tag => (string?)tag ?? "")],
            (int?)cell["execution_count"], outputs);
    }

    private static Output ReadOutput(JsonObject output)
    {
        var kind = (string?)output["output_type"] ?? "";
        if (kind == "stream") return new Output(kind, (string?)output["name"] ?? "stdout", Text(output["text"]), []);
        if (kind == "error")
        {
            var traceback = string.Join("\n", (output["traceback"] as JsonArray ?? []).Select(line => (string?)line ?? ""));
            return new Output(kind, "", traceback.Length > 0 ? traceback : $"{(string?)output["ename"]}: {(string?)output["evalue"]}", []);
        }
        var forms = (output["data"] as JsonObject ?? []).Where(form => form.Value is not null);
        return new Output(kind, "", "",
            forms.ToDictionary(form => form.Key, form => MimeType.IsJson(form.Key) ? form.Value! : JsonValue.Create(Text(form.Value))));
    }

    // A text is a string or a list of its lines.
    private static string Text(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line ?? "")),
        JsonValue value => value.ToString(),
        null => "",
        _ => node.ToJsonString(),
    };

    [GeneratedRegex("<div data-figure=\"[0-9a-f]+\">(?<picture>.*?)</div>", RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FigureMarkup();

    /// <summary>One cell: <c>markdown</c>, <c>code</c> or <c>raw</c>; a cell that was not run has no execution count.</summary>
    internal sealed record Cell(string Kind, string Source, IReadOnlyList<string> Tags, int? ExecutionCount, IReadOnlyList<Output> Outputs);

    /// <summary>Something that a cell showed.</summary>
    /// <param name="Kind"><c>stream</c>, <c>display_data</c>, <c>execute_result</c> or <c>error</c>.</param>
    /// <param name="Name">Of a stream <c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="Text">Of a stream and of an error its text.</param>
    /// <param name="Data">Of a value its forms, by mime type.</param>
    internal sealed record Output(string Kind, string Name, string Text, Dictionary<string, JsonNode> Data)
    {
        /// <summary>The claim that it shows, if it is one.</summary>
        internal ClaimOutcome? Claim => Data.TryGetValue(MimeType.Claim, out var claim) && claim is JsonObject fields
            ? new ClaimOutcome
            {
                Text = (string?)fields["text"] ?? "",
                Passed = (bool?)fields["passed"] ?? false,
                FalseIf = (string?)fields["false_if"],
            }
            : null;

        /// <summary>The picture that it shows, if it is a figure: markup without a script.</summary>
        internal string? Figure => FigureMarkup().Match(Form(MimeType.Html) ?? "") is { Success: true } match ? match.Groups["picture"].Value : null;

        /// <summary>One of its forms, if it has it.</summary>
        internal string? Form(string mimeType) => Data.GetValueOrDefault(mimeType)?.ToString();
    }
}
