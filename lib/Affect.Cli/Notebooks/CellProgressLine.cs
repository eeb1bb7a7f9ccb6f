namespace Affect.Cli.Notebooks;

/// <summary>Shows a notebook's cells like any other work, and while a cell runs, which it is, since when, and what it said last.</summary>
/// <remarks>A machine that is slow is not to be taken for a cell that hangs, so the line is renewed though nothing ends.</remarks>
internal sealed class CellProgressLine : IProgress<CellProgress>, IDisposable
{
    private static readonly TimeSpan TerminalPace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PlainPace = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly IProgress<WorkProgress> line;
    private readonly Func<CellStanding?> standing;
    private readonly ITimer timer;
    private readonly TimeSpan pace;
    private bool isOver;

    internal CellProgressLine(IProgress<WorkProgress> line, Func<CellStanding?> standing, TimeSpan? pace = null)
    {
        (this.line, this.standing) = (line, standing);
        this.pace = pace ?? (Console.IsErrorRedirected ? PlainPace : TerminalPace);
        timer = TimeProvider.System.CreateTimer(_ => Renew(), null, this.pace, this.pace);
    }

    public void Report(CellProgress value)
    {
        lock (gate)
        {
            timer.Change(pace, pace);
            Show(value.Notebook, value.Done, value.Total, value.Next);
        }
    }

    public void Dispose()
    {
        lock (gate) isOver = true;
        timer.Dispose();
    }

    private void Renew()
    {
        lock (gate)
            if (!isOver && standing() is { } cell) Show(cell.Notebook, cell.Done, cell.Total, Words(cell));
    }

    private void Show(string notebook, int done, int total, string detail) =>
        line.Report(new WorkProgress(notebook, done, total, "cells") { Detail = detail.Length > 0 ? detail : null });

    // As in "in cell 7 of 20 since 14:03:22 (2 min 10 s): var curve = ...; it said: 3 of 12 layers".
    private static string Words(CellStanding cell) =>
        $"in cell {cell.Number} of {cell.Cells} since {cell.Since:HH:mm:ss} ({Say.Duration(DateTimeOffset.UtcNow - cell.Since)}): {cell.Code}"
        + (cell.Said.Length > 0 ? $"; it said: {cell.Said}" : "");
}
