namespace Affect.Cli.Tests;

public sealed class ReportCommandTests : FolderTests
{
    [Fact]
    public void A_page_is_written_from_the_records_below_a_folder()
    {
        using (var log = RunLog.Open(In("runs", "fuse")))
        {
            log.Start("fuse", new { Seed = 1 });
            log.WriteResult(new RunResult
            {
                Variant = "attention",
                Trained = "acoustic",
                Present = "acoustic",
                Seed = 1,
                Decisions = new Decisions(["happy", "sad"], ["a", "b"], ["s1", "s2"], [0, 1], [[0.7, 0.3], [0.6, 0.4]]),
            });
        }
        var page = In("page.html");
        var output = LabProcess.Done("report", In("runs"), "--out", page, "--title", "Sound & words").Output;
        Assert.Contains(page, output, StringComparison.Ordinal);
        var html = File.ReadAllText(page);
        Assert.Contains("<h1>Sound &amp; words</h1>", html, StringComparison.Ordinal);
        Assert.Contains("What does each variant score on test?", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_runs_is_named()
    {
        var errors = LabProcess.Refused("report", Folder);
        Assert.Equal($"error: {Folder} must hold the record of a run (run.jsonl), but neither it nor a folder below does.", errors.Trim());
    }
}
