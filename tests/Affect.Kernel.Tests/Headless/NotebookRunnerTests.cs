namespace Affect.Kernel.Tests.Headless;

public sealed class NotebookRunnerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-notebooks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void An_executed_notebook_is_as_approved()
    {
        var steps = new List<CellProgress>();
        var path = Path.Combine(folder, "golden.ipynb");
        File.Copy(Repository.Golden("notebook", "cells.ipynb"), path);
        var report = new NotebookRunner(new RunnerOptions { Parameters = new Dictionary<string, string> { ["seed"] = "2" } }).Run(path, In("out.ipynb"), new Steps(steps));
        Assert.Null(report.Error);
        Assert.Equal("golden", report.Name);
        Assert.Equal(report.Cells.Count + 1, steps.Count);
        Assert.Equal(new CellProgress("golden.ipynb", 0, report.Cells.Count, "var greeting = \"hello\";"), steps[0]);
        Assert.Equal(Enumerable.Range(1, report.Cells.Count), report.Cells.Select(cell => cell.Outcome.ExecutionCount));

        var approved = Repository.Golden("notebook", "executed.ipynb");
        if (Environment.GetEnvironmentVariable("AFFECT_APPROVE") == "1") File.Copy(In("out.ipynb"), approved, overwrite: true);
        Assert.Equal(File.ReadAllText(approved), File.ReadAllText(In("out.ipynb")));
    }

    [Fact]
    public void It_stops_at_the_first_cell_that_fails_and_still_writes_what_was_executed()
    {
        var report = Run(new NotebookBuilder().Code("1").Markdown("text").Code("throw new InvalidOperationException(\"no\");").Code("3"));
        Assert.Equal("cell[2]:line 1: InvalidOperationException: no", report.Error!.Summary);
        Assert.Equal([1, 3], report.Cells.Select(cell => cell.Number));
        var executed = NotebookDocument.Read(report.OutputPath);
        Assert.Equal([1, null, 2, null], executed.Cells.Select(cell => cell.ExecutionCount));
        Assert.Equal([1, 0, 1, 0], executed.Cells.Select(cell => cell.Outputs.Count));
        Assert.Empty(Directory.GetFiles(folder, "*.tmp"));
    }

    [Fact]
    public void A_cell_may_announce_that_it_throws_but_not_that_it_does_not_end()
    {
        Assert.Null(Run(new NotebookBuilder().Code("int n = 1;\nthrow new Exception(\"shown\");", "raises-exception").Code("n")).Error);
        Assert.Null(Run(new NotebookBuilder().Code("int n = \"no int\";", "raises-exception").Code("1")).Error);
        var endless = Run(new NotebookBuilder().Code("var n = 0;\nwhile (true)\n    n++;", "raises-exception").Code("n"), new RunnerOptions { Timeout = TimeSpan.FromSeconds(0.5) });
        Assert.Equal("cell[1]:line 3: Timeout: the cell took longer than 0.5 s", endless.Error!.Summary);
        Assert.Equal(CellStatus.TimedOut, endless.Cells[^1].Outcome.Status);
        Assert.InRange(endless.Cells[^1].Outcome.Seconds, 0.5, 600);
    }

    [Fact]
    public void Metadata_and_empty_cells_stay_as_they_are()
    {
        var report = Run(new NotebookBuilder().Code("").Code("  \n ").Code("5"));
        var text = File.ReadAllText(report.OutputPath);
        Assert.Contains("\"author\": \"kept\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("old", text, StringComparison.Ordinal);
        Assert.Equal([null, null, 1], NotebookDocument.Parse(text, "n").Cells.Select(cell => cell.ExecutionCount));
    }

    [Fact]
    public void Loads_are_relative_to_the_notebook_not_to_where_it_is_run()
    {
        Directory.CreateDirectory(In("parts"));
        File.WriteAllText(In("parts/setup.csx"), "var answer = 42;");
        Assert.Null(Run(new NotebookBuilder().Code("#load \"parts/setup.csx\"").Code("answer")).Error);
    }

    [Fact]
    public void What_a_notebook_imports_brings_its_usings_and_variables_and_refers_to_what_lies_beside_it()
    {
        Directory.CreateDirectory(In("parts"));
        File.Copy(typeof(SharedWithCells).Assembly.Location, In("parts/Beside.dll"));
        File.WriteAllText(In("setup.csx"), "// first\n#r \"parts/Beside.dll\"\n\nusing System.Globalization;\nstring Twice(string text) => text + text;\nvar answer = 42;");
        var report = Run(new NotebookBuilder().Code("#!import \"setup.csx\"").Code("Twice(answer.ToString(CultureInfo.InvariantCulture)) + nameof(Affect.Kernel.Tests.SharedWithCells)"));
        Assert.Null(report.Error);
        Assert.Contains("4242SharedWithCells", File.ReadAllText(report.OutputPath), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_is_cancelled_writes_nothing()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(0.3));
        var path = new NotebookBuilder().Code("while (true) { }").Save(In("n.ipynb"));
        Assert.Throws<OperationCanceledException>(() => new NotebookRunner(new RunnerOptions()).Run(path, In("out/n.ipynb"), ct: source.Token));
        Assert.False(File.Exists(In("out/n.ipynb")));
    }

    [Fact]
    public async Task A_run_whose_finished_cells_are_to_be_kept_writes_them_and_says_where_it_was_interrupted()
    {
        using var source = new CancellationTokenSource();
        var path = new NotebookBuilder().Code("\"finished\"").Code("Console.WriteLine(\"3 of 7\");\nwhile (true) { }").Code("\"never\"").Save(In("n.ipynb"));
        var runner = new NotebookRunner(new RunnerOptions { KeepsInterrupted = true });
        var running = Task.Run(() => runner.Run(path, In("out/n.ipynb"), ct: source.Token));
        while (runner.Standing?.Said != "3 of 7" && !running.IsCompleted) await Task.Delay(10);
        Assert.Equal((2, 3, 1, 3, "Console.WriteLine(\"3 of 7\");"), (runner.Standing!.Number, runner.Standing.Cells, runner.Standing.Done, runner.Standing.Total, runner.Standing.Code));
        await source.CancelAsync();
        var report = await running;
        Assert.True(report.IsInterrupted);
        Assert.Equal("cell[2]:line 2: Interrupted: the cell was interrupted", report.Error!.Summary);
        Assert.Null(runner.Standing);
        var executed = NotebookDocument.Read(report.OutputPath);
        Assert.Equal([1, 2, null], executed.Cells.Select(cell => cell.ExecutionCount));
        Assert.Contains("finished", executed.Cells[0].Outputs[0].ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_may_take_as_long_as_it_takes_unless_somebody_says_otherwise()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, new RunnerOptions().Timeout);
        Assert.Equal(Timeout.InfiniteTimeSpan, new RunnerOptions { Timeout = Timeout.InfiniteTimeSpan }.Timeout);
        Assert.Null(new SessionOptions { CellTimeout = Timeout.InfiniteTimeSpan }.CellTimeout);
    }

    [Fact]
    public void Wrong_options_are_told()
    {
        Assert.Contains("Timeout must be longer than nothing.", Assert.Throws<ArgumentOutOfRangeException>(() => new RunnerOptions { Timeout = TimeSpan.Zero }).Message, StringComparison.Ordinal);
        Assert.Contains("MostPrinted must be at least 0.", Assert.Throws<ArgumentOutOfRangeException>(() => new RunnerOptions { MostPrinted = -1 }).Message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(folder, name);

    private NotebookReport Run(NotebookBuilder notebook, RunnerOptions? options = null) =>
        new NotebookRunner(options ?? new RunnerOptions()).Run(notebook.Save(In("n.ipynb")), In("out/n.ipynb"));

    private sealed class Steps(List<CellProgress> steps) : IProgress<CellProgress>
    {
        public void Report(CellProgress value) => steps.Add(value);
    }
}
