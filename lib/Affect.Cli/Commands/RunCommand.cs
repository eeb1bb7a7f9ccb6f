namespace Affect.Cli.Commands;

/// <summary><c>lab run</c>: the notebooks, with a report at the end.</summary>
internal static class RunCommand
{
    internal static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Notebooks; by default all of notebooks/, in order", Arity = ArgumentArity.ZeroOrMore };
        var quick = new Option<bool>("--quick") { Description = "A small corpus: whether everything works, in minutes" };
        var corpus = new Option<string?>("--corpus") { Description = "A corpus of yours (manifest or folder) for the notebooks that take one; by default Mimic is generated, which is synthetic" };
        var clips = new Option<int?>("--clips") { Description = "Clips of Mimic; by default what the notebooks say" };
        var encoder = new Option<string?>("--encoder") { Description = $"{EncoderChoice.Help}; by default what the notebooks say" };
        var folds = new Option<int?>("--folds") { Description = "Speaker-disjoint folds; by default what the notebooks say" };
        var seed = new Option<int?>("--seed") { Description = "Seed of corpus, random weights, folds and intervals; by default what the notebooks say" };
        var seeds = new Option<int?>("--seeds") { Description = "How many seeds a notebook runs that asks for several, 3 or more for intervals that cover others; by default what the notebooks say" };
        var timeout = new Option<double?>("--timeout") { Description = "Seconds that one cell may take; by default as long as it takes" };
        var output = new Option<string?>("--out") { Description = "Folder of the report; by default artifacts/report beside lab" };
        var cache = new Option<string?>("--cache") { Description = "Folder for generated clips and features, kept between runs; by default .cache beside lab" };
        var plotly = new Option<string?>("--plotly")
        {
            Description = $"Let the pages' figures answer to the pointer, by a plotly.js file; without one, npm fetches version {PlotlyPackage.Version}",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("run", "Run the notebooks in order and write a report: executed copies, pages, an index, summary.json. Exit code 2 if one fails.")
        {
            files, quick, corpus, clips, encoder, folds, seed, seeds, timeout, output, cache, plotly,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var laboratory = new Laboratory(cache: parsed.GetValue(cache));
                if (parsed.GetValue(encoder) is { } named) laboratory.Find(named); // a wrong name is told before minutes of work, not after them
                if (parsed.GetValue(corpus) is { } place && !File.Exists(place) && !Directory.Exists(place))
                    throw new FileNotFoundException($"--corpus must be a manifest or a folder, but {place} is not there.", place);
                if (parsed.GetValue(plotly) is { } missing && !File.Exists(missing))
                    throw new FileNotFoundException($"--plotly must name a plotly.js file, but {missing} is not there.", missing);
                var limit = CellTime.Of(parsed.GetValue(timeout));
                return Run(
                    new RunSettings
                    {
                        Notebooks = parsed.GetValue(files) is { Length: > 0 } chosen ? chosen : NotebookFolder.All(laboratory.Home),
                        IsQuick = parsed.GetValue(quick),
                        Parameters = Parameters(
                            ("corpusName", parsed.GetValue(corpus) is { } path ? Path.GetFullPath(path) : null),
                            ("encoderName", parsed.GetValue(encoder) is { } folder && Directory.Exists(folder) ? Path.GetFullPath(folder) : parsed.GetValue(encoder)),
                            ("clips", Text(parsed.GetValue(clips))), ("quickClips", Text(parsed.GetValue(clips))),
                            ("folds", Text(parsed.GetValue(folds))), ("seed", Text(parsed.GetValue(seed))), ("seeds", Text(parsed.GetValue(seeds)))),
                        Timeout = limit,
                        Out = Path.GetFullPath(parsed.GetValue(output) ?? Path.Combine(laboratory.Home, "artifacts", "report")),
                        Cache = Path.GetFullPath(laboratory.Cache),
                        Plotly = parsed.GetResult(plotly) is null ? null
                            : parsed.GetValue(plotly) is { } file ? RegularFile.ReadAllText(file) : new PlotlyPackage(Path.Combine(laboratory.Cache, "plotly")).Read(),
                    },
                    ct);
            },
            CancellationToken.None));
        return command;
    }

    private static int Run(RunSettings settings, CancellationToken ct)
    {
        // The notebooks open the laboratory by themselves; this is how they learn which cache is meant.
        Environment.SetEnvironmentVariable(Laboratory.CacheVariable, settings.Cache);
        IReadOnlyList<NotebookOutcome> outcomes;
        using (var progress = new ConsoleProgress()) outcomes = new ReportRun(settings, progress, ct).Run();
        foreach (var outcome in outcomes)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{outcome.Name}: {outcome.Seconds:0} s, {outcome.Claims.Count(claim => claim.Passed)} of {outcome.Claims.Count} claims hold"));
            foreach (var claim in outcome.Claims) Console.WriteLine($"  {(claim.Passed ? '✓' : '✗')} {claim.Text}");
            if (outcome.Error is { } error) Console.Error.WriteLine($"error: {outcome.Name} did not come to its end: {error}");
        }
        Console.WriteLine($"The report: {Path.Combine(settings.Out, "index.html")}");
        if (outcomes.Any(outcome => outcome.IsInterrupted)) Console.Error.WriteLine("Interrupted; the report shows what was found until then.");
        var code = outcomes.Any(outcome => outcome.IsInterrupted) ? 130 : outcomes.Any(outcome => outcome.Error is not null) ? 2 : 0;
        return ProcessEnd.With(code, outcomes.Any(outcome => outcome.HasLostCell));
    }

    private static Dictionary<string, string> Parameters(params ReadOnlySpan<(string Name, string? Value)> given)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in given)
            if (value is not null) parameters[name] = value;
        return parameters;
    }

    private static string? Text(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
