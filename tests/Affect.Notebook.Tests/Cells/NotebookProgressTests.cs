namespace Affect.Tests.Cells;

public sealed class NotebookProgressTests
{
    private readonly RecordingTarget target = new();
    private readonly ManualClock clock = new();

    [Fact]
    public void A_second_of_reports_gives_at_most_eleven_lines_in_one_display()
    {
        using var use = target.Use();
        var progress = new NotebookProgress(clock, console: null);
        for (var done = 0; done < 1000; done++)
        {
            progress.Report(new WorkProgress("Encoding", done, 1000));
            clock.Advance(0.001);
        }
        Assert.InRange(target.Calls.Count, 9, 11);
        Assert.Single(target.Calls.Select(call => call.DisplayId).Distinct());
        Assert.Equal("show", target.Calls[0].Kind);
        Assert.All(target.Calls.Skip(1), call => Assert.Equal("update", call.Kind));
    }

    [Fact]
    public void The_line_tells_how_much_is_left_and_ends_short()
    {
        using var use = target.Use();
        var progress = new NotebookProgress(clock, console: null);
        progress.Report(new WorkProgress("Encoding", 0, 8));
        clock.Advance(10);
        progress.Report(new WorkProgress("Encoding", 2, 8) { Detail = "3.1 s of sound/s" });
        clock.Advance(30);
        progress.Report(new WorkProgress("Encoding", 8, 8));
        progress.Report(new WorkProgress("Encoding", 8, 8));
        Assert.Equal(
            ["Encoding ░░░░░░░░░░░░░░░░░░░░ 0 of 8 clips", "Encoding █████░░░░░░░░░░░░░░░ 2 of 8 clips, 3.1 s of sound/s, 30 s left", "Encoding: 8 clips in 40 s"],
            target.Texts);
    }

    [Fact]
    public void What_was_there_before_does_not_count_towards_the_pace()
    {
        using var use = target.Use();
        var progress = new NotebookProgress(clock, console: null);
        progress.Report(new WorkProgress("Encoding", 50, 100, Resumed: 50));
        clock.Advance(10);
        progress.Report(new WorkProgress("Encoding", 60, 100, Resumed: 50));
        Assert.EndsWith("60 of 100 clips, 40 s left", target.Texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_task_goes_below_the_first_in_the_same_display()
    {
        using var use = target.Use();
        var progress = new NotebookProgress(clock, console: null);
        progress.Report(new WorkProgress("Encoding", 8, 8));
        clock.Advance(1);
        progress.Report(new WorkProgress("Probing", 13, 13, "layers"));
        Assert.Equal("Encoding: 8 clips in 0 s\nProbing: 13 layers in 0 s", target.Texts[^1]);
        Assert.Single(target.Calls.Select(call => call.DisplayId).Distinct());
    }

    [Fact]
    public void Threads_may_report_at_once_and_the_last_line_is_the_end()
    {
        using var use = target.Use();
        var progress = new NotebookProgress(clock, console: null);
        var done = 0;
        Parallel.For(0, 200, _ => progress.Report(new WorkProgress("Encoding", Interlocked.Increment(ref done), 1000)));
        progress.Report(new WorkProgress("Encoding", 1000, 1000));
        Assert.Equal("Encoding: 1000 clips in 0 s", target.Texts[^1]);
    }

    [Fact]
    public void Where_there_is_no_notebook_a_plain_line_comes_every_ten_seconds_and_at_the_end()
    {
        using var console = new StringWriter();
        var progress = new NotebookProgress(clock, console);
        for (var done = 0; done <= 25; done++)
        {
            progress.Report(new WorkProgress("Encoding", done, 25));
            clock.Advance(1);
        }
        var lines = console.ToString().TrimEnd().Split(Environment.NewLine);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("Encoding ", lines[1], StringComparison.Ordinal);
        Assert.Equal("Encoding: 25 clips in 25 s", lines[^1]);
    }

    private sealed class ManualClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(double seconds) => ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
