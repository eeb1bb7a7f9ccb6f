namespace Affect.Cli;

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
    private static readonly TextWriter Own = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });

    private readonly Lock gate = new();
    private readonly bool isTerminal = !Console.IsErrorRedirected;
    private readonly Stopwatch clock = new();
    private string task = "";
    private TimeSpan lastShown = TimeSpan.MinValue;
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
                lastShown = TimeSpan.MinValue;
            }
            var isLast = value.Done >= value.Total;
            var pace = isTerminal ? TerminalPace : PlainPace;
            if (!isLast && lastShown != TimeSpan.MinValue && clock.Elapsed - lastShown < pace) return;
            lastShown = clock.Elapsed;
            Show(value);
            if (isLast) EndLine();
        }
    }

    public void Dispose()
    {
        lock (gate) EndLine();
    }

    private void Show(WorkProgress value)
    {
        var fresh = value.Done - value.Resumed;
        var rate = clock.Elapsed.TotalSeconds > 0.05 ? fresh / clock.Elapsed.TotalSeconds : 0;
        var left = rate > 0 ? TimeSpan.FromSeconds((value.Total - value.Done) / rate) : (TimeSpan?)null;
        var pace = rate > 0 ? string.Create(CultureInfo.InvariantCulture, $", {rate:0.#} {value.Unit}/s") : "";
        var end = value.Done >= value.Total
            ? string.Create(CultureInfo.InvariantCulture, $", took {Duration(clock.Elapsed)}")
            : left is { } time ? $", {Duration(time)} left" : "";
        var detail = value.Detail is { Length: > 0 } text ? $", {text}" : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{value.Task}: {value.Done} of {value.Total} {value.Unit}{pace}{detail}{end}");
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

    private static string Duration(TimeSpan time) =>
        time.TotalMinutes < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");
}
