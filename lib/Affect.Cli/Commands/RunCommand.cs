namespace Affect.Cli.Commands;

/// <summary><c>lab run</c>: the notebooks, with a report at the end.</summary>
internal static class RunCommand
{
    internal static Command Create()
    {
        const string otherwise = "; by default what the notebooks say";
        var command = new LabCommand(
            "run", "Run the notebooks in order and write a report: copies, pages, an index, summary.json. Exit code 2 if one fails.");
        var files = command.Notebooks();
        var quick = command.Optional<bool>("--quick", "A small corpus: whether everything works, in minutes");
        var corpus = command.Optional<string?>(
            "--corpus", "A corpus of yours (manifest or folder) for the notebooks that take one; by default Mimic is generated, which is synthetic");
        var clips = command.Optional<int?>("--clips", $"Clips of Mimic{otherwise}");
        var encoder = command.Optional<string?>("--encoder", $"{EncoderChoice.Help}{otherwise}");
        var folds = command.Optional<int?>("--folds", $"Speaker-disjoint folds{otherwise}");
        var seed = command.Optional<int?>("--seed", $"Seed of corpus, random weights, folds and intervals{otherwise}");
        var seeds = command.Optional<int?>("--seeds", $"Seeds of notebooks that run several, 3 or more for intervals that cover others{otherwise}");
        var timeout = command.CellTime();
        var output = command.Optional<string?>("--out", "Folder of the report; by default artifacts/report beside lab");
        var cache = command.Cache();
        var plotly = command.Optional<string?>(
            "--plotly", $"A plotly.js file, for figures that answer to the pointer; without a name npm fetches version {PlotlyPackage.Version}");
        plotly.Arity = ArgumentArity.ZeroOrOne;
        return command.RunsLong(given =>
        {
            var (place, named, script) = (given.Of(corpus), given.Of(encoder), given.Of(plotly));
            var lab = new Laboratory(cache: given.Of(cache));
            if (named is not null) lab.Find(named); // a wrong name is told before minutes of work, not after them
            if (place is not null && !Path.Exists(place))
                throw new FileNotFoundException($"--corpus must be a manifest or a folder, but {place} is not there.", place);
            if (script is not null && !File.Exists(script))
                throw new FileNotFoundException($"--plotly must name a plotly.js file, but {script} is not there.", script);
            var parameters = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["corpusName"] = place is null ? null : Path.GetFullPath(place),
                ["encoderName"] = Directory.Exists(named) ? Path.GetFullPath(named) : named,
                ["clips"] = $"{given.Of(clips)}",
                ["quickClips"] = $"{given.Of(clips)}",
                ["folds"] = $"{given.Of(folds)}",
                ["seed"] = $"{given.Of(seed)}",
                ["seeds"] = $"{given.Of(seeds)}",
            };
            var run = new ReportRun
            {
                Notebooks = NotebookHost.Named(given.Of(files)),
                Options = new RunnerOptions
                {
                    IsQuick = given.Of(quick),
                    Parameters = parameters.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value!),
                    Timeout = given.Of(timeout),
                },
                Out = Path.GetFullPath(given.Of(output) ?? Path.Combine(lab.Home, "artifacts", "report")),
                Cache = Path.GetFullPath(lab.Cache),
                Plotly = script is not null ? RegularFile.ReadAllText(script)
                    : given.Has(plotly) ? new PlotlyPackage(Path.Combine(lab.Cache, "plotly")).Read() : null,
            };
            // The notebooks open the laboratory by themselves; this is how they learn which cache is meant.
            Environment.SetEnvironmentVariable(Laboratory.CacheVariable, run.Cache);
            var outcomes = run.Run(given.Progress, given.Cancel);
            given.Progress.Dispose();
            Show(outcomes, run.Out);
            var isInterrupted = outcomes.Any(outcome => outcome.IsInterrupted);
            var code = isInterrupted ? 130 : outcomes.Any(outcome => outcome.Error is not null) ? 2 : 0;
            return ProcessEnd.With(code, outcomes.Any(outcome => outcome.HasLostCell));
        });
    }

    private static void Show(IReadOnlyList<NotebookOutcome> outcomes, string folder)
    {
        foreach (var outcome in outcomes)
        {
            Say.Result($"{outcome.Name}: {outcome.Seconds:0} s, {NotebookHost.Held(outcome.Claims)}");
            foreach (var claim in outcome.Claims) Say.Result($"  {(claim.Passed ? '✓' : '✗')} {claim.Text}");
            if (outcome.Error is { } error) Say.Note($"error: {outcome.Name} did not come to its end: {error}");
        }
        Say.Result($"The report: {Path.Combine(folder, "index.html")}");
        if (outcomes.Any(outcome => outcome.IsInterrupted)) Say.Note("Interrupted; the report shows what was found until then.");
    }
}
