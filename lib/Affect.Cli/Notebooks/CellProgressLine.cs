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
    private readonly TimeProvider clock;
    private readonly ITimer timer;
    private readonly TimeSpan pace;
    private bool isOver;

    /// <param name="line">Where it is shown.</param>
    /// <param name="standing">The cell that runs right now.</param>
    internal CellProgressLine(IProgress<WorkProgress> line, Func<CellStanding?> standing) : this(line, standing, TimeProvider.System, Console.IsErrorRedirected ? PlainPace : TerminalPace)
    {
    }

    internal CellProgressLine(IProgress<WorkProgress> line, Func<CellStanding?> standing, TimeProvider clock, TimeSpan pace)
    {
        (this.line, this.standing, this.clock, this.pace) = (line, standing, clock, pace);
        timer = clock.CreateTimer(_ => Renew(), null, pace, pace);
    }

    public void Report(CellProgress value)
    {
        lock (gate)
        {
            timer.Change(pace, pace);
            line.Report(new WorkProgress(value.Notebook, value.Done, value.Total, "cells") { Detail = value.Next.Length > 0 ? value.Next : null });
        }
    }

    public void Dispose()
    {
        lock (gate) isOver = true;
        timer.Dispose();
    }

    /// <summary>A cell in words, as in <c>in cell 7 of 20 since 14:03:22 (2 min 10 s): var curve = ...; it said: 3 of 12 layers</c>.</summary>
    internal static string Words(CellStanding cell, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"in cell {cell.Number} of {cell.Cells} since {cell.Since:HH:mm:ss} ({Duration(now - cell.Since)}): {cell.Code}{(cell.Said.Length > 0 ? $"; it said: {cell.Said}" : "")}");

    private void Renew()
    {
        lock (gate)
            if (!isOver && standing() is { } cell) line.Report(new WorkProgress(cell.Notebook, cell.Done, cell.Total, "cells") { Detail = Words(cell, clock.GetUtcNow()) });
    }

    private static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, time.TotalSeconds):0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");
}
