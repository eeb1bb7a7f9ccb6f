namespace Affect.Cli.Commands;

/// <summary><c>lab report</c>: a page of what runs recorded.</summary>
internal static class ReportCommand
{
    internal static Command Create()
    {
        var folders = new Argument<string[]>("runs") { Description = "Folders of runs (of 'lab adapt', 'lab align', 'lab fuse'); those below count too", Arity = ArgumentArity.OneOrMore };
        var curves = new Option<string[]>("--curve") { Description = "Layer curves that 'lab probe --out' wrote", AllowMultipleArgumentsPerToken = true };
        var criterion = new Option<string>("--criterion") { Description = "What variants are compared by: waf, uar or accuracy", DefaultValueFactory = _ => "waf" };
        criterion.AcceptOnlyFromAmong("waf", "uar", "accuracy");
        var title = new Option<string?>("--title") { Description = "The page's title" };
        var output = new Option<string>("--out") { Description = "The page", DefaultValueFactory = _ => "report.html" };
        var command = new Command("report", "Write an HTML page from run records: variants with paired intervals, missing modalities, confusion, F1 by emotion, layer and training curves.")
        {
            folders, curves, criterion, title, output,
        };
        command.SetAction(parsed =>
        {
            var metric = parsed.GetValue(criterion) switch { "uar" => Metric.Uar, "accuracy" => Metric.Accuracy, _ => Metric.Waf };
            var report = new RunReport([.. parsed.GetRequiredValue(folders).SelectMany(RunRecord.FindAll)], metric)
            {
                Curves = [.. (parsed.GetValue(curves) ?? []).Select(LayerCurve.Load)],
                Title = parsed.GetValue(title) ?? "What the runs found",
            };
            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            report.Write(path);
            Console.WriteLine($"The report: {path}");
            return 0;
        });
        return command;
    }
}
