using System.CommandLine;
using Affect.Cli.Run;
using Affect.Features;
using Affect.Notebook.Pages;

namespace Affect.Cli.Commands;

/// <summary><c>lab run</c>: the experiments, with a report at the end.</summary>
internal static class RunCommand
{
    private const string PlotlyName = "plotly.min.js";

    internal static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A tiny corpus and a tiny encoder: in under a minute, whether everything works" };
        var corpus = new Option<string?>("--corpus") { Description = "A corpus of yours (manifest or folder); by default Mimic is generated, which is synthetic" };
        var clips = new Option<int?>("--clips") { Description = "Clips of Mimic; by default 960, with --quick 48" };
        var encoder = new Option<string?>("--encoder") { Description = $"{EncoderChoice.Help}; by default HuBERT-base with random weights" };
        var folds = new Option<int?>("--folds") { Description = "Speaker-disjoint folds; by default 5, with --quick 3" };
        var seed = new Option<int>("--seed") { Description = "Seed of corpus, random weights, folds and intervals", DefaultValueFactory = _ => 1 };
        var output = new Option<string?>("--out") { Description = "Folder of the report; by default artifacts/report beside lab" };
        var cache = new Option<string?>("--cache") { Description = "Folder for generated clips and features, kept between runs; by default .cache beside lab" };
        var plotly = new Option<string?>("--plotly") { Description = "A plotly.js file to copy beside the page: its figures then answer to the pointer" };
        var command = new Command("run", "Generate a corpus, encode it, probe every layer, and write a report. What is finished is not done again.")
        {
            quick, corpus, clips, encoder, folds, seed, output, cache, plotly,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var isQuick = parsed.GetValue(quick);
                var home = Home();
                return Run(
                    new RunSettings
                    {
                        IsQuick = isQuick,
                        CorpusPath = parsed.GetValue(corpus),
                        Clips = parsed.GetValue(clips) ?? (isQuick ? 48 : 960),
                        Encoder = parsed.GetValue(encoder),
                        Folds = parsed.GetValue(folds) ?? (isQuick ? 3 : 5),
                        Seed = parsed.GetValue(seed),
                        Out = parsed.GetValue(output) ?? Path.Combine(home, "artifacts", "report"),
                        Cache = parsed.GetValue(cache) ?? Path.Combine(home, ".cache"),
                        Plotly = parsed.GetValue(plotly) ?? Existing(Path.Combine(home, "data", PlotlyName)),
                    },
                    ct);
            },
            CancellationToken.None));
        return command;
    }

    private static int Run(RunSettings settings, CancellationToken ct)
    {
        if (settings.Plotly is { } missing && !File.Exists(missing))
            throw new FileNotFoundException($"--plotly must name a plotly.js file, but {missing} is not there.", missing);
        LayerCurveResult result;
        using (var progress = new ConsoleProgress()) result = new LayerCurveRun(settings, progress, ct).Run();

        var beside = Path.Combine(settings.Out, PlotlyName);
        if (settings.Plotly is { } plotly && Path.GetFullPath(plotly) != Path.GetFullPath(beside))
            AtomicFile.Write(beside, stream => stream.Write(File.ReadAllBytes(plotly)));
        var page = new LayerCurvePage(result);
        AtomicFile.WriteText(Path.Combine(settings.Out, "layer-curve.svg"), page.Curve().ToSvg());
        AtomicFile.WriteText(Path.Combine(settings.Out, "layer-curve.json"), result.Curve.ToJson());
        AtomicFile.WriteText(Path.Combine(settings.Out, "index.html"), PageWriter.ToHtml(page.Page(File.Exists(beside) ? PlotlyName : null)));
        AtomicFile.WriteText(Path.Combine(settings.Out, "summary.json"), RunSummary.Of(result));

        Console.WriteLine(page.Curve().Summary);
        Console.WriteLine($"The report: {Path.Combine(settings.Out, "index.html")}");
        foreach (var failure in result.Failures) Console.Error.WriteLine($"left out: {failure.ClipId}: {failure.Reason}");
        return result.Failures.Count > 0 ? 1 : 0;
    }

    // The clone that this build belongs to; where there is none, the current folder.
    private static string Home()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Notebooks.sln"))) return folder.FullName;
        return Environment.CurrentDirectory;
    }

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
