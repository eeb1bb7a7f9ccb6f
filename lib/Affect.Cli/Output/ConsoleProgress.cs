namespace Affect.Cli.Output;

/// <summary>
/// Shows progress with rate and time left: one line that updates itself in a terminal, a plain line every few seconds when the output is
/// redirected. Writes to standard error, so that results can be piped.
/// </summary>
internal sealed class ConsoleProgress : IProgress<WorkProgress>, IDisposable
{
    private const int BarWidth = 24;
    private static readonly TimeSpan TerminalPace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainPace = TimeSpan.FromSeconds(10);

    // Not Console.Error, which belongs to a cell while one runs: this line is about cells, and no output of theirs.
    private static readonly TextWriter Own = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });

    private readonly Lock gate = new();
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private readonly Stopwatch clock = new();
    private string task = "";
    private TimeSpan? lastShown;
    private int lastWidth;

    public void Report(WorkProgress value)
    {
        lock (gate)
        {
            if (value.Task != task)
            {
                EndLine();
                task = value.Task;
                clock.Restart();
                lastShown = null;
            }
            var isLast = value.Done >= value.Total;
            if (!isLast && clock.Elapsed - lastShown < (isTerminal ? TerminalPace : PlainPace)) return;
            lastShown = clock.Elapsed;
            Show(value);
            if (isLast) EndLine();
        }
    }

    /// <summary>Ends the line, so that what is written next stands in one of its own.</summary>
    public void Dispose()
    {
        lock (gate) EndLine();
    }

    private void Show(WorkProgress value)
    {
        var seconds = clock.Elapsed.TotalSeconds;
        var rate = seconds > 0.05 ? (value.Done - value.Resumed) / seconds : 0;
        var pace = rate > 0 ? $", {rate:0.#} {value.Unit}/s" : "";
        var detail = value.Detail is { Length: > 0 } text ? $", {text}" : "";
        var end = value.Done >= value.Total ? $", took {Say.Duration(clock.Elapsed)}"
            : rate > 0 ? $", {Say.Duration(TimeSpan.FromSeconds((value.Total - value.Done) / rate))} left" : "";
        var line = $"{value.Task}: {value.Done} of {value.Total} {value.Unit}{pace}{detail}{end}";
        if (!isTerminal)
        {
            Own.WriteLine(line);
            return;
        }
        var full = value.Total > 0 ? (int)(BarWidth * value.Done / value.Total) : BarWidth;
        line = $"[{new string('#', full)}{new string('.', BarWidth - full)}] {line}";
        // A line that is broken cannot be written over.
        if (Console.WindowWidth > 1 && line.Length >= Console.WindowWidth) line = line[..(Console.WindowWidth - 1)];
        Own.Write($"\r{line.PadRight(lastWidth)}");
        lastWidth = line.Length;
    }

    private void EndLine()
    {
        if (isTerminal && lastWidth > 0) Own.WriteLine();
        lastWidth = 0;
    }
}
