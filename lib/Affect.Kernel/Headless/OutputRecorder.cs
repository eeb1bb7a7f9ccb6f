namespace Affect.Kernel.Headless;

/// <summary>Puts what cells print and show into nbformat's outputs; an update rewrites the stored output, in whichever cell it stands.</summary>
internal sealed class OutputRecorder(int mostCharacters) : ICellOutput
{
    internal const string ClaimMime = "application/vnd.affect.claim+json";

    private const int LongestNote = 100;

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<JsonObject>> shown = [];
    private readonly StringBuilder text = new();
    private JsonArray outputs = [];
    private JsonObject? stream;
    private int printed;
    private bool clearsNext;

    /// <summary>The last line that the cell has printed or shown as text; empty where none.</summary>
    internal string Last { get; private set; } = "";

    /// <summary>Begins a cell, whose outputs go into the list that is answered.</summary>
    internal JsonArray Begin()
    {
        lock (gate)
        {
            EndStream();
            (printed, clearsNext, Last) = (0, false, "");
            return outputs = [];
        }
    }

    /// <summary>Ends the last cell; what comes later, from threads that it left behind, is dropped.</summary>
    internal void End()
    {
        lock (gate)
        {
            EndStream();
            outputs = [];
        }
    }

    public void Stream(string name, string text)
    {
        lock (gate)
        {
            ClearIfAsked();
            if ((string?)stream?["name"] != name) EndStream();
            if (stream is null) outputs.Add(stream = new JsonObject { ["name"] = name, ["output_type"] = "stream" });
            var room = mostCharacters - printed;
            if (room > 0 && room < text.Length && char.IsHighSurrogate(text[room - 1])) room--;
            printed += text.Length;
            Note(text);
            if (room >= text.Length) this.text.Append(text);
            else if (room >= 0)
                this.text.Append(text.AsSpan(0, room))
                    .Append(CultureInfo.InvariantCulture, $"\n... what the cell printed after {mostCharacters} characters is left out\n");
        }
    }

    public void Display(IReadOnlyDictionary<string, JsonNode> bundle, string? displayId)
    {
        var output = new JsonObject { ["data"] = Data(bundle), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" };
        lock (gate)
        {
            Note(bundle);
            Add(output);
            if (displayId is null) return;
            if (!shown.TryGetValue(displayId, out var same)) shown[displayId] = same = [];
            same.Add(output);
        }
    }

    public void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId)
    {
        lock (gate)
        {
            Note(bundle);
            foreach (var output in shown.GetValueOrDefault(displayId, [])) output["data"] = Data(bundle);
        }
    }

    public void ClearOutput(bool wait)
    {
        lock (gate)
        {
            clearsNext = true;
            if (!wait) ClearIfAsked();
        }
    }

    public void Result(IReadOnlyDictionary<string, JsonNode> bundle, int executionCount) => Add(new JsonObject
    {
        ["data"] = Data(bundle),
        ["execution_count"] = executionCount,
        ["metadata"] = new JsonObject(),
        ["output_type"] = "execute_result",
    });

    public void Error(CellError error) => Add(new JsonObject
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
    });

    /// <summary>The claims among a cell's outputs.</summary>
    internal static IEnumerable<ClaimReport> Claims(JsonArray outputs) => outputs
        .Select(output => output?["data"]?[ClaimMime] as JsonObject).OfType<JsonObject>()
        .Select(claim => new ClaimReport(claim["text"]?.ToString() ?? "", claim["passed"]?.GetValueKind() == JsonValueKind.True));

    private void Note(IReadOnlyDictionary<string, JsonNode> bundle)
    {
        if (bundle.GetValueOrDefault("text/plain") is { } plain) Note(plain.ToString());
    }

    private void Note(string text)
    {
        var end = text.AsSpan().TrimEnd();
        if (end.IsEmpty) return;
        var line = end[(end.LastIndexOf('\n') + 1)..].Trim();
        Last = line.Length > LongestNote ? $"{line[..LongestNote]}..." : $"{line}";
    }

    private void Add(JsonObject output)
    {
        lock (gate)
        {
            ClearIfAsked();
            EndStream();
            outputs.Add(output);
        }
    }

    private void ClearIfAsked()
    {
        if (!clearsNext) return;
        EndStream();
        outputs.Clear();
        (clearsNext, printed) = (false, 0);
    }

    private void EndStream()
    {
        if (stream is null) return;
        stream["text"] = NotebookJson.Lines(text.ToString());
        text.Clear();
        stream = null;
    }

    private static JsonObject Data(IReadOnlyDictionary<string, JsonNode> bundle) =>
        new(bundle.Select(form => KeyValuePair.Create<string, JsonNode?>(form.Key, Form(form.Key, form.Value))));

    // Text in lines, as nbformat stores it; JSON and what is encoded as it is.
    private static JsonNode Form(string mime, JsonNode data)
    {
        var isText = mime.StartsWith("text/", StringComparison.Ordinal) || mime is "application/javascript" or "image/svg+xml";
        return isText && data.GetValueKind() == JsonValueKind.String ? NotebookJson.Lines(data.ToString()) : data.DeepClone();
    }
}
