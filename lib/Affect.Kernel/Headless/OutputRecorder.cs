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

    public void Send(string type, JsonObject content)
    {
        lock (gate)
        {
            switch (type)
            {
                case "stream": Print((string)content["name"]!, (string)content["text"]!); break;
                case "clear_output":
                    clearsNext = true;
                    if (!(bool)content["wait"]!) ClearIfAsked();
                    break;
                case "update_display_data":
                    Note(content);
                    foreach (var output in shown.GetValueOrDefault(DisplayId(content) ?? "", [])) output["data"] = Data(content);
                    break;
                default: Add(type, content); break;
            }
        }
    }

    /// <summary>The claims among a cell's outputs.</summary>
    internal static IEnumerable<ClaimReport> Claims(JsonArray outputs) => outputs
        .Select(output => output?["data"]?[ClaimMime] as JsonObject).OfType<JsonObject>()
        .Select(claim => new ClaimReport(claim["text"]?.ToString() ?? "", claim["passed"]?.GetValueKind() == JsonValueKind.True));

    private void Print(string name, string text)
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

    private void Add(string type, JsonObject content)
    {
        ClearIfAsked();
        EndStream();
        Note(content);
        if (content.ContainsKey("data")) content["data"] = Data(content);
        if (DisplayId(content) is { } id)
        {
            if (!shown.TryGetValue(id, out var same)) shown[id] = same = [];
            same.Add(content);
        }
        content.Remove("transient");
        content["output_type"] = type;
        outputs.Add(content);
    }

    private void Note(JsonObject content)
    {
        if (content["data"]?["text/plain"] is { } plain) Note(plain.ToString());
    }

    private void Note(string text)
    {
        var end = text.AsSpan().TrimEnd();
        if (end.IsEmpty) return;
        var line = end[(end.LastIndexOf('\n') + 1)..].Trim();
        Last = line.Length > LongestNote ? $"{line[..LongestNote]}..." : $"{line}";
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

    private static string? DisplayId(JsonObject content) => (string?)content["transient"]?["display_id"];

    // Text in lines, as nbformat stores it; JSON and what is encoded as it is.
    private static JsonObject Data(JsonObject content) => new(content["data"]!.AsObject().Select(form =>
    {
        var isText = form.Key.StartsWith("text/", StringComparison.Ordinal) || form.Key is "application/javascript" or "image/svg+xml";
        var isLines = isText && form.Value?.GetValueKind() == JsonValueKind.String;
        return KeyValuePair.Create(form.Key, isLines ? NotebookJson.Lines((string)form.Value!) : form.Value?.DeepClone());
    }));
}
