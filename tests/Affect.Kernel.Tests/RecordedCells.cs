namespace Affect.Kernel.Tests;

/// <summary>A session whose output is written down, a line per message; text that is printed in pieces is joined.</summary>
internal sealed class RecordedCells : ICellOutput, IDisposable
{
    private readonly List<(string Kind, string Text)> messages = [];
    private readonly List<(string Kind, string? DisplayId, Dictionary<string, JsonNode> Bundle)> shown = [];

    public RecordedCells(SessionOptions? options = null) => Session = new NotebookSession(options ?? new SessionOptions(), this);

    public NotebookSession Session { get; }

    /// <summary>What the last cell said, as in <c>stdout: text</c>, <c>result: 3</c>, <c>error: CS0103</c>.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (messages) return [.. messages.Select(message => $"{message.Kind}: {message.Text}")];
        }
    }

    /// <summary>What the last cell has shown, in all its forms.</summary>
    public IReadOnlyList<(string Kind, string? DisplayId, Dictionary<string, JsonNode> Bundle)> Shown
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
        return Session.Run(code, ct);
    }

    /// <summary>Runs a cell from another thread and stops it when it has printed <c>begun</c>.</summary>
    public async Task<CellOutcome> StopWhenBegun(string code)
    {
        using var source = new CancellationTokenSource();
        var running = Task.Run(() => Run(code, source.Token));
        while (!Said.Contains("stdout: begun") && !running.IsCompleted) await Task.Delay(10);
        await Task.Delay(100);
        await source.CancelAsync();
        return await running;
    }

    /// <summary>The value of a cell that has one.</summary>
    public string Value(string code)
    {
        Runs(code);
        return Said.Single(message => message.StartsWith("result: ", StringComparison.Ordinal))["result: ".Length..];
    }

    public void Runs(string code)
    {
        var outcome = Run(code);
        Assert.True(outcome.Error is null, string.Join('\n', outcome.Error?.Traceback ?? []));
        Assert.Equal(CellStatus.Succeeded, outcome.Status);
    }

    public CellError Fails(string code)
    {
        var outcome = Run(code);
        Assert.Equal(CellStatus.Failed, outcome.Status);
        return outcome.Error!;
    }

    public void Send(string type, JsonObject content)
    {
        var bundle = content["data"]?.AsObject().ToDictionary(form => form.Key, form => form.Value!);
        var (kind, text) = type switch
        {
            "stream" => ((string)content["name"]!, (string)content["text"]!),
            "clear_output" => ("clear", (bool)content["wait"]! ? "wait" : "now"),
            "error" => ("error", (string)content["ename"]!),
            "execute_result" => ("result", Text()),
            _ => (type.Split('_')[0], Text()),
        };
        lock (messages)
        {
            if (bundle is not null) shown.Add((kind, (string?)content["transient"]?["display_id"], bundle));
            if (type == "stream" && messages.Count > 0 && messages[^1].Kind == kind) messages[^1] = (kind, messages[^1].Text + text);
            else messages.Add((kind, text));
        }

        string Text() => bundle!.TryGetValue("text/plain", out var plain) ? plain.ToString() : string.Join(", ", bundle.Keys);
    }

    public void Dispose() => Session.Dispose();
}
