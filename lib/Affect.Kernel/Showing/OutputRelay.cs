namespace Affect.Kernel.Showing;

/// <summary>Gathers printed text into larger pieces and keeps it in order with what is shown.</summary>
internal sealed class OutputRelay : ICellOutput, IDisposable
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

    public void Stream(string name, string text) => Locked(() => Gather(name, halves[name].Join(text)));

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
    internal void Display(string mime, string text) => Display(new Dictionary<string, JsonNode> { [mime] = text }, displayId: null);

    public void Display(IReadOnlyDictionary<string, JsonNode> bundle, string? displayId) => InOrder(() => target.Display(bundle, displayId));

    public void Update(IReadOnlyDictionary<string, JsonNode> bundle, string displayId) => InOrder(() => target.Update(bundle, displayId));

    public void ClearOutput(bool wait) => InOrder(() => target.ClearOutput(wait));

    public void Result(IReadOnlyDictionary<string, JsonNode> bundle, int executionCount) => InOrder(() => target.Result(bundle, executionCount));

    public void Error(CellError error) => InOrder(() => target.Error(error));

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

    private void InOrder(Action show) => Locked(() =>
    {
        FlushText();
        show();
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
        var piece = text.ToString();
        text.Clear();
        target.Stream(stream, piece);
    }
}
