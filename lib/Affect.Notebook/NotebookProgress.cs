namespace Affect.Notebook;

/// <summary>Shows the progress of long work as one line that updates itself, at most ten times a second; where there is no notebook, as plain lines.</summary>
/// <remarks>Make one where the work starts; it may be told from any thread that the work starts. When a task is done its line says how long it took.</remarks>
public sealed class NotebookProgress : IProgress<WorkProgress>
{
    private const int BarWidth = 20;
    private const int MostFinished = 7;
    private static readonly TimeSpan NotebookPace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ConsolePace = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly TextWriter? console;
    private readonly List<string> finished = [];
    private DisplayedValue? shown;
    private string? task;
    private string? lastDone;
    private string line = "";
    private long began;
    private long? lastShown;

    /// <summary>Progress in the notebook that runs now.</summary>
    public NotebookProgress() : this(TimeProvider.System, NotebookKernel.IsThere ? null : Console.Out)
    {
    }

    internal NotebookProgress(TimeProvider clock, TextWriter? console) => (this.clock, this.console) = (clock, console);

    /// <summary>How far the work has come.</summary>
    public void Report(WorkProgress value)
    {
        lock (gate)
        {
            var isDone = value.Done >= value.Total;
            // Some work says twice that it is done.
            if (isDone && task is null && value.Task == lastDone) return;
            if (value.Task != task)
            {
                if (task is not null) finished.Add(line);
                (task, began, lastShown) = (value.Task, clock.GetTimestamp(), null);
            }
            line = Line(value, isDone);
            var pace = console is not null ? ConsolePace : NotebookPace;
            if (!isDone && lastShown is { } last && clock.GetElapsedTime(last) < pace) return;
            lastShown = clock.GetTimestamp();
            Show();
            if (!isDone) return;
            finished.Add(line);
            (lastDone, task) = (task, null);
        }
    }

    // A second task of the same work goes below the first: still one display.
    private void Show()
    {
        var text = string.Join("\n", finished.TakeLast(MostFinished).Append(line));
        if (console is not null) console.WriteLine(line);
        else if (shown is { } before) before.Update(text);
        else shown = NotebookKernel.Display(text);
    }

    private string Line(WorkProgress value, bool isDone)
    {
        var elapsed = clock.GetElapsedTime(began);
        var detail = value.Detail is { Length: > 0 } text ? $", {text}" : "";
        if (isDone) return string.Create(CultureInfo.InvariantCulture, $"{value.Task}: {value.Total} {value.Unit} in {Duration(elapsed)}");
        var fresh = value.Done - value.Resumed;
        var rate = elapsed.TotalSeconds > 0.05 ? fresh / elapsed.TotalSeconds : 0;
        var left = rate > 0 ? $", {Duration(TimeSpan.FromSeconds((value.Total - value.Done) / rate))} left" : "";
        var full = value.Total > 0 ? (int)(BarWidth * value.Done / value.Total) : 0;
        return string.Create(CultureInfo.InvariantCulture,
            $"{value.Task} {new string('█', full)}{new string('░', BarWidth - full)} {value.Done} of {value.Total} {value.Unit}{detail}{left}");
    }

    private static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds:00} s");
}
