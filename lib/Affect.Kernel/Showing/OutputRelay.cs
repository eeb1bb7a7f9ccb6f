namespace Affect.Kernel.Showing;

/// <summary>Gathers printed text into larger pieces and keeps it in order with what is shown.</summary>
internal sealed class OutputRelay : IDisposable
{
    private const int MostCharacters = 16 * 1024;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly ICellOutput target;
    private readonly StringBuilder text = new();
    private readonly Dictionary<string, Halves> halves = new() { ["stdout"] = new(), ["stderr"] = new() };
    private readonly Timer timer;
    private string stream = "stdout";

    internal OutputRelay(ICellOutput target, ValueForms forms)
    {
        (this.target, Forms) = (target, forms);
        timer = new Timer(_ => Flush(), null, Timeout.Infinite, Timeout.Infinite);
    }

    /// <summary>How the session's values are shown.</summary>
    internal ValueForms Forms { get; }

    /// <summary>Printed text, in any pieces.</summary>
    /// <param name="name"><c>stdout</c> or <c>stderr</c>.</param>
    /// <param name="text">Any piece of text, not necessarily whole lines.</param>
    internal void Stream(string name, string text) => Locked(() => Gather(name, halves[name].Join(text)));

    /// <summary>Printed text as bytes of UTF-8, which may end within a character.</summary>
    internal void Bytes(string name, ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        Locked(() => Gather(name, halves[name].Join(copy)));
    }

    /// <summary>A cell has ended: what it began to print and did not end comes as it is.</summary>
    internal void EndCell() => Locked(() =>
    {
        foreach (var (name, begun) in halves) Gather(name, begun.Rest());
        FlushText();
    });

    /// <summary>A text in the place of a value.</summary>
    internal void Display(string mime, string text) => Display(new Dictionary<string, JsonNode> { [mime] = text });

    /// <summary>Something shown while the cell runs, under a name if it can be updated.</summary>
    internal void Display(IReadOnlyDictionary<string, JsonNode> bundle, string? displayId = null) =>
        InOrder("display_data", Shown(bundle, displayId));

    /// <summary>Replaces what was shown under a name, in whichever cell.</summary>
    internal void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId) =>
        InOrder("update_display_data", Shown(bundle, displayId));

    /// <summary>Takes the cell's outputs away; with <paramref name="wait"/> only when the next output comes, so that nothing flickers.</summary>
    internal void ClearOutput(bool wait) => InOrder("clear_output", new JsonObject { ["wait"] = wait });

    /// <summary>The value of the cell's last expression.</summary>
    internal void Result(IReadOnlyDictionary<string, JsonNode> bundle, int executionCount) =>
        InOrder("execute_result", Shown(bundle, "execution_count", executionCount));

    /// <summary>What ended the cell before its time.</summary>
    internal void Error(CellError error) => InOrder("error", error.ToJson());

    /// <summary>A bundle as the protocol has it, with one more part.</summary>
    internal static JsonObject Shown(IReadOnlyDictionary<string, JsonNode> bundle, string name, JsonNode part) => new()
    {
        ["data"] = new JsonObject(bundle.Select(form => KeyValuePair.Create<string, JsonNode?>(form.Key, form.Value.DeepClone()))),
        ["metadata"] = new JsonObject(),
        [name] = part,
    };

    internal void Flush() => Locked(FlushText);

    public void Dispose() => timer.Dispose();

    private void Gather(string name, string whole)
    {
        if (whole.Length == 0) return;
        if (stream != name) FlushText();
        if (text.Length == 0) timer.Change(Pace, Timeout.InfiniteTimeSpan);
        stream = name;
        text.Append(whole);
        if (text.Length >= MostCharacters) FlushText();
    }

    private static JsonObject Shown(IReadOnlyDictionary<string, JsonNode> bundle, string? displayId) =>
        Shown(bundle, "transient", displayId is null ? new JsonObject() : new JsonObject { ["display_id"] = displayId });

    private void InOrder(string type, JsonObject content) => Locked(() =>
    {
        FlushText();
        target.Send(type, content);
    });

    // An aborted cell may have taken the lock with it: better output out of order than none ever again.
    private void Locked(Action work)
    {
        var isHeld = gate.TryEnter(Patience);
        try
        {
            work();
        }
        finally
        {
            if (isHeld) gate.Exit();
        }
    }

    private void FlushText()
    {
        if (text.Length == 0) return;
        var piece = new JsonObject { ["name"] = stream, ["text"] = text.ToString() };
        text.Clear();
        target.Send("stream", piece);
    }
}
