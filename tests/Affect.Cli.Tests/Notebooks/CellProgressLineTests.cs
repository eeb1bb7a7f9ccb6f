namespace Affect.Cli.Tests.Notebooks;

public sealed class CellProgressLineTests
{
    [Fact]
    public async Task While_a_cell_runs_the_line_says_which_it_is_since_when_and_what_it_said_last()
    {
        var lines = new Lines();
        var standing = new CellStanding("05.ipynb", 7, 20, 4, 12, "var curve = lab.Probe(states);", DateTimeOffset.UtcNow.AddSeconds(-130)) { Said = "3 of 12 layers" };
        CellStanding? now = standing;
        using var line = new CellProgressLine(lines, () => now, TimeSpan.FromMilliseconds(5));
        line.Report(new CellProgress("05.ipynb", 4, 12, "var curve = lab.Probe(states);"));
        var renewed = await lines.Renewed.Task;
        Assert.Equal(("05.ipynb", 4L, 12L, "cells"), (renewed.Task, renewed.Done, renewed.Total, renewed.Unit));
        Assert.StartsWith($"in cell 7 of 20 since {standing.Since:HH:mm:ss} (2 min ", renewed.Detail, StringComparison.Ordinal);
        Assert.EndsWith("s): var curve = lab.Probe(states);; it said: 3 of 12 layers", renewed.Detail, StringComparison.Ordinal);
        now = null;
    }

    private sealed class Lines : IProgress<WorkProgress>
    {
        public TaskCompletionSource<WorkProgress> Renewed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Report(WorkProgress value)
        {
            if (value.Detail?.StartsWith("in cell", StringComparison.Ordinal) == true) Renewed.TrySetResult(value);
        }
    }
}
