namespace Affect.Cli.Commands;

/// <summary><c>lab report</c>: a page of what runs recorded.</summary>
internal static class ReportCommand
{
    internal static Command Create()
    {
        var command = new LabCommand(
            "report", "Write an HTML page from run records: variants with paired intervals, missing modalities, confusion, F1 by emotion, curves.");
        var folders = command.Files("runs", "Folders of runs (of 'lab adapt', 'lab align', 'lab fuse'); those below count too", isNeeded: true);
        var curves = command.Several<string>("--curve", "Layer curves that 'lab probe --out' wrote");
        var criterion = command.Criterion("variants are compared");
        var title = command.Standard("--title", "What the runs found", "The page's title");
        var output = command.Standard("--out", "report.html", "The page");
        return command.Runs(given =>
        {
            var report = new RunReport([.. given.Of(folders).SelectMany(RunRecord.FindAll)], given.Of(criterion))
            {
                Curves = [.. given.Of(curves).Select(LayerCurve.Load)],
                Title = given.Of(title),
            };
            var path = Path.GetFullPath(given.Of(output));
            report.Write(path);
            Say.Result($"The report: {path}");
            return 0;
        });
    }
}
