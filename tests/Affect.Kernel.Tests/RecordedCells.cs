namespace Affect.Kernel.Tests;

/// <summary>A session whose output is written down, a line per message; text that is printed in pieces is joined.</summary>
internal sealed class RecordedCells : ICellOutput, IDisposable
{
    private readonly List<(string Kind, string Text)> messages = [];
    private readonly List<(string Kind, string? DisplayId, IReadOnlyDictionary<string, JsonNode> Bundle)> shown = [];
    private readonly NotebookSession session;

    public RecordedCells(SessionOptions? options = null) => session = new NotebookSession(options ?? new SessionOptions(), this);

    public NotebookSession Session => session;

    /// <summary>What the last cell said, as in <c>stdout: text</c>, <c>result: 3</c>, <c>error: CS0103</c>.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (messages) return [.. messages.Select(message => $"{message.Kind}: {message.Text}")];
        }
    }

    /// <summary>What the last cell has shown, in all its forms.</summary>
    public IReadOnlyList<(string Kind, string? DisplayId, IReadOnlyDictionary<string, JsonNode> Bundle)> Shown
    {
        get
        {
            lock (messages) return [.. shown];
        }
    }

    public CellOutcome Run(string code, CancellationToken ct = default)
    {
        lock (messages)
        {
            messages.Clear();
            shown.Clear();
        }
        return session.Run(code, ct);
    }

    /// <summary>The value of a cell that has one.</summary>
    public string Value(string code)
    {
        var outcome = Run(code);
        Assert.True(outcome.Error is null, string.Join('\n', outcome.Error?.Traceback ?? []));
        return Said.Single(message => message.StartsWith("result: ", StringComparison.Ordinal))["result: ".Length..];
    }

    public CellError Fails(string code)
    {
        var outcome = Run(code);
        Assert.Equal(CellStatus.Failed, outcome.Status);
        return outcome.Error!;
    }

    public void Stream(string name, string text)
    {
        lock (messages)
        {
            if (messages.Count > 0 && messages[^1].Kind == name) messages[^1] = (name, messages[^1].Text + text);
            else messages.Add((name, text));
        }
    }

    public void Display(IReadOnlyDictionary<string, JsonNode> bundle, string? displayId) => Add("display", displayId, bundle);

    public void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId) => Add("update", displayId, bundle);

    public void ClearOutput(bool wait) => Add("clear", wait ? "wait" : "now");

    public void Result(IReadOnlyDictionary<string, JsonNode> bundle, int executionCount) => Add("result", null, bundle);

    public void Error(CellError error) => Add("error", error.Name);

    public void Dispose() => session.Dispose();

    private void Add(string kind, string? displayId, IReadOnlyDictionary<string, JsonNode> bundle)
    {
        lock (messages) shown.Add((kind, displayId, bundle));
        Add(kind, bundle.GetValueOrDefault("text/plain") is { } text ? text.ToString() : string.Join(", ", bundle.Keys));
    }

    private void Add(string kind, string text)
    {
        lock (messages) messages.Add((kind, text));
    }
}
