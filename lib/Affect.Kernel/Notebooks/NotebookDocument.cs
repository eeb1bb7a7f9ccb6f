namespace Affect.Kernel.Notebooks;

/// <summary>A notebook file, nbformat 4.</summary>
/// <remarks>Metadata, cell order and whatever else a tool has put into it are kept.</remarks>
public sealed class NotebookDocument
{
    /// <summary>The kernel's name in notebooks: that of .NET Interactive's C#, so that they open there too.</summary>
    public const string KernelName = ".net-csharp";

    private readonly JsonObject root;
    private readonly JsonArray cells;

    private NotebookDocument(JsonObject root, JsonArray list)
    {
        (this.root, cells) = (root, list);
        Cells = [.. list.Select(cell => new NotebookCell((JsonObject)cell!))];
    }

    /// <summary>Its cells in order.</summary>
    public IReadOnlyList<NotebookCell> Cells { get; private set; }

    /// <summary>The variables of the cell tagged <c>parameters</c> with their committed values; strings without their quotes.</summary>
    public IReadOnlyDictionary<string, string> Parameters => ParameterCell.Values(this);

    /// <summary>Reads a notebook.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">It is no notebook of C#; the message names the file, what is wrong and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static NotebookDocument Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no notebook {path}.", path);
        return Parse(SourceFile.ReadAllText(path), path);
    }

    /// <summary>Reads a notebook from its text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="FormatException">It is no notebook of C#.</exception>
    public static NotebookDocument Parse(string text, string name)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException error)
        {
            var place = error.LineNumber is { } line ? FormattableString.Invariant($"{name}:{line + 1}: ") : $"{name}: ";
            throw new FormatException($"{place}a notebook must be JSON, but this is not: {Sentence(error.Message)}", error);
        }
        if (node is not JsonObject root) throw new FormatException($"{name}: a notebook must be a JSON object, but this is {node?.GetValueKind().ToString() ?? "null"}.");
        CheckFormat(root, name);
        CheckKernel(root, name);
        var list = (JsonArray)root["cells"]!;
        for (var i = 0; i < list.Count; i++) CheckCell(list[i], FormattableString.Invariant($"{name}: cell {i + 1} of {list.Count}"));
        return new NotebookDocument(root, list);
    }

    /// <summary>The file's content, laid out as Jupyter lays it out.</summary>
    public string ToText() => NotebookJson.Write(root);

    /// <summary>Writes it; the file is there wholly or not at all.</summary>
    /// <param name="path">The file; its folder is made if it is missing.</param>
    public void Write(string path) => WholeFile.Write(path, ToText());

    internal void InsertAfter(NotebookCell before, JsonObject cell)
    {
        var index = cells.IndexOf(before.Json) + 1;
        // Cells have ids since 4.5; before, an id is an error.
        if ((int?)root["nbformat_minor"] >= 5) cell["id"] = FreeId((string?)cell["id"] ?? "cell");
        else cell.Remove("id");
        cells.Insert(index, cell);
        Cells = [.. Cells.Take(index), new NotebookCell(cell), .. Cells.Skip(index)];
    }

    internal void Remove(NotebookCell cell)
    {
        cells.Remove(cell.Json);
        Cells = [.. Cells.Where(other => other != cell)];
    }

    private string FreeId(string wish)
    {
        var taken = cells.Select(cell => (string?)cell!["id"]).ToHashSet(StringComparer.Ordinal);
        var numbered = Enumerable.Range(2, taken.Count + 1).Select(n => FormattableString.Invariant($"{wish}-{n}"));
        return numbered.Prepend(wish).First(id => !taken.Contains(id));
    }

    private static void CheckFormat(JsonObject root, string name)
    {
        var version = root["nbformat"] is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;
        var found = root.ContainsKey("nbformat") ? root["nbformat"]?.ToJsonString() ?? "null" : "missing";
        if (version != 4) throw new FormatException($"{name}: nbformat must be 4, but is {found}. Save the notebook once in Jupyter or VS Code.");
        if (root["cells"] is not JsonArray) throw new FormatException($"{name}: a notebook must have a list of cells, but this has none.");
    }

    private static void CheckKernel(JsonObject root, string name)
    {
        const string Wish = $"metadata.kernelspec must be {{\"display_name\": \".NET (C#)\", \"language\": \"C#\", \"name\": \"{KernelName}\"}}";
        if (root["metadata"]?["kernelspec"] is not JsonObject kernel)
            throw new FormatException($"{name}: the notebook does not say which language it is in: {Wish}.");
        var (language, kernelName) = (kernel["language"]?.ToString(), kernel["name"]?.ToString());
        if (language is null ? kernelName == KernelName : language.ToUpperInvariant() is "C#" or "CSHARP") return;
        var found = language ?? $"the language of the kernel '{kernelName}'";
        throw new FormatException($"{name}: the notebook is in {found}, but only C# can be run: {Wish}.");
    }

    private static void CheckCell(JsonNode? node, string name)
    {
        if (node is not JsonObject cell || cell["cell_type"] is not JsonValue type) throw new FormatException($"{name} must be an object with a cell_type.");
        if (cell["source"] is not (JsonArray or JsonValue)) throw new FormatException($"{name} has no source.");
        var view = new NotebookCell(cell);
        if (view.IsCode && view.Language is { } language && language.ToUpperInvariant() is not ("C#" or "CSHARP" or "NET-CSHARP" or ".NET"))
            throw new FormatException($"{name} is in {language}, but only C# can be run.");
    }

    // The reader's own message ends with a position in its words.
    private static string Sentence(string message) => message.Split(" LineNumber:")[0].Split(" Path:")[0].TrimEnd('.', ' ') + ".";
}
