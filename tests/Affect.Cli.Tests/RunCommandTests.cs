namespace Affect.Cli.Tests;

public sealed class RunCommandTests : FolderTests
{
    private string Report => In("report");

    [Fact]
    public void A_notebook_that_fails_does_not_keep_the_others_from_running()
    {
        var broken = In("01-broken.ipynb");
        File.WriteAllText(broken, "{ this is no notebook");
        var failing = NotebookFile.Write(In("02-failing.ipynb"), """throw new InvalidOperationException("on purpose");""");
        var good = NotebookFile.Write(In("03-good.ipynb"), "using Affect.Notebook;", """RecordedResult.Of("answer", new { Value = 42 })""");
        var (code, output, errors) = LabProcess.Run("run", broken, failing, good, "--out", Report);
        Assert.Equal(2, code);
        Assert.Contains("01-broken did not come to its end", errors, StringComparison.Ordinal);
        Assert.Contains("02-failing did not come to its end: cell 1", errors, StringComparison.Ordinal);
        Assert.Contains("The report: ", output, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Report, "summary.json")));
        Assert.Equal(42, summary.RootElement.GetProperty("results").GetProperty("answer").GetProperty("value").GetInt32());
        var index = File.ReadAllText(Path.Combine(Report, "index.html"));
        Assert.Equal(2, Regex.Count(index, "<section "));
        Assert.Contains("on purpose", index, StringComparison.Ordinal);
    }

    [Fact]
    public void Interrupted_it_reports_what_the_finished_cells_found_and_where_it_ended()
    {
        var begun = In("begun");
        var first = NotebookFile.Write(In("01-first.ipynb"), "using Affect.Notebook;", """RecordedResult.Of("answer", new { Value = 42 })""", "HTML(\"<b>kept figure</b>\")", $"System.IO.File.WriteAllText(@\"{begun}\", \"\");\nwhile (true) {{ }}", "1");
        var second = NotebookFile.Write(In("02-second.ipynb"), "1");
        using var lab = LabProcess.Start("run", first, second, "--out", Report);
        while (!File.Exists(begun) && !lab.HasExited) Thread.Sleep(5);
        lab.Interrupt();
        var (code, output, errors) = lab.Wait();
        Assert.Equal(130, code);
        Assert.Contains("Interrupted; the report shows what was found until then.", errors, StringComparison.Ordinal);
        Assert.Contains("The report: ", output, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(Report, "01-first.html"));
        Assert.Contains("<b>kept figure</b>", page, StringComparison.Ordinal);
        Assert.Contains("it ended in <a href=\"#cell-4\">cell 4 of 5</a>", page, StringComparison.Ordinal);
        Assert.Contains("The cells below were not run.", page, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(Report, "summary.json")));
        Assert.Equal(42, summary.RootElement.GetProperty("results").GetProperty("answer").GetProperty("value").GetInt32());
        Assert.Contains("not begun: 02-second.", File.ReadAllText(Path.Combine(Report, "index.html")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Report, "02-second.html")));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_notebook_that_ran_out_of_its_time_shows_its_finished_cells_in_the_report()
    {
        var slow = NotebookFile.Write(In("01-slow.ipynb"), "HTML(\"<b>kept figure</b>\")", "while (true) { }", "1");
        var errors = LabProcess.Refused("run", slow, "--out", Report, "--timeout", "5");
        Assert.Contains("01-slow did not come to its end: cell 2", errors, StringComparison.Ordinal);
        var page = File.ReadAllText(Path.Combine(Report, "01-slow.html"));
        Assert.Contains("<b>kept figure</b>", page, StringComparison.Ordinal);
        Assert.Contains("it ended in <a href=\"#cell-2\">cell 2 of 3</a>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--encoder", "no-such-model", "error: encoder must be ")]
    [InlineData("--corpus", "no-such-corpus", "error: --corpus must be a manifest or a folder, but no-such-corpus is not there.")]
    [InlineData("--plotly", "no-such-file.js", "error: --plotly must name a plotly.js file, but no-such-file.js is not there.")]
    [InlineData("--timeout", "0", "error: --timeout must be a number of seconds above 0, but was 0.")]
    public void A_wrong_option_is_refused_before_anything_is_generated(string option, string value, string expected)
    {
        var cache = In("cache");
        var errors = LabProcess.Refused("run", "--quick", option, value, "--out", Report, "--cache", cache);
        Assert.StartsWith(expected, errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cache));
    }
}
