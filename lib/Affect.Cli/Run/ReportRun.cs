namespace Affect.Cli.Run;

/// <summary><c>lab run</c>: every notebook in order, and a report of what they found.</summary>
internal sealed class ReportRun(RunSettings settings, IProgress<WorkProgress> progress, CancellationToken ct)
{
    private const string PlotlyName = "plotly.min.js";
    private const string IndexName = "index.html";

    /// <summary>Runs the notebooks; one that fails does not keep the others from running.</summary>
    /// <returns>What each of them gave, in order.</returns>
    internal IReadOnlyList<NotebookOutcome> Run()
    {
        StrayExceptions.Survive();
        var made = new HashSet<(int Clips, int Seed)>();
        foreach (var path in settings.Notebooks) Prepare(path, made);
        var plotly = WritePlotly();
        var outcomes = new List<NotebookOutcome>();
        foreach (var path in settings.Notebooks)
        {
            outcomes.Add(Run(path, plotly));
            if (outcomes[^1].IsInterrupted) break; // the others were not begun, and what was found is reported
        }
        new NotebookIndex
        {
            Lead = outcomes.All(outcome => outcome.Error is null)
                ? "Every notebook was run from its first cell to its last; each claim and figure leads to its place."
                : "Each claim and figure leads to its place. Notebooks that did not come to their end show what their finished cells found.",
            Notices = [.. Notices(outcomes)],
            Entries = [.. settings.Notebooks.Zip(outcomes, Entry).Where(entry => File.Exists(entry.NotebookPath))],
        }.Write(Path.Combine(settings.Out, IndexName));
        AtomicFile.WriteText(Path.Combine(settings.Out, "summary.json"), RunSummary.Of(outcomes));
        return outcomes;
    }

    private static bool IsReadable(Exception error) => error is FormatException or IOException or ArgumentException or UnauthorizedAccessException;

    // Making the corpus is no notebook's question and may take longer than all of them: it is made first, with progress, and they find it.
    private void Prepare(string path, HashSet<(int Clips, int Seed)> made)
    {
        Dictionary<string, string> values;
        try
        {
            values = new(NotebookDocument.Read(path).Parameters);
        }
        catch (Exception error) when (IsReadable(error))
        {
            return; // told when its turn comes
        }
        foreach (var (name, value) in settings.Parameters) values[name] = value;
        var usesMimic = values.ContainsKey("clips") && values.GetValueOrDefault("corpusName", Laboratory.MimicName) == Laboratory.MimicName;
        if (!usesMimic) return;
        var clips = Number(settings.IsQuick ? "quickClips" : "clips") ?? Number("clips");
        if (clips is { } count && Number("seed") is { } seed && made.Add((count, seed))) new Laboratory(cache: settings.Cache, progress: progress).Open(Laboratory.MimicName, count, seed, ct);

        int? Number(string name) => int.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private NotebookOutcome Run(string path, string? plotly)
    {
        // What an earlier run left is not shown as this one's.
        Directory.CreateDirectory(Path.Combine(settings.Out, "notebooks"));
        File.Delete(ExecutedCopy(path));
        File.Delete(PageOf(path));
        try
        {
            var known = NotebookDocument.Read(path).Parameters;
            var options = new RunnerOptions
            {
                Parameters = settings.Parameters.Where(parameter => known.ContainsKey(parameter.Key)).ToDictionary(StringComparer.Ordinal),
                IsQuick = settings.IsQuick,
                Timeout = settings.Timeout,
                Session = NotebookHost.Session,
                KeepsInterrupted = true,
            };
            var runner = new NotebookRunner(options);
            NotebookReport report;
            using (var line = new CellProgressLine(progress, () => runner.Standing)) report = runner.Run(path, ExecutedCopy(path), line, ct);
            NotebookPage.Write(report.OutputPath, PageOf(path), Path.GetDirectoryName(Path.GetFullPath(path)), IndexName, plotly);
            return NotebookOutcome.Of(report);
        }
        catch (Exception error) when (IsReadable(error))
        {
            return NotebookOutcome.Refused(path, error.Message);
        }
    }

    private IEnumerable<string> Notices(List<NotebookOutcome> outcomes)
    {
        if (settings.IsQuick) yield return "This was a quick run on few clips: it shows that everything works, and its scores mean little.";
        foreach (var outcome in outcomes)
            if (outcome.Error is { } error) yield return $"{outcome.Name} did not come to its end: {error}";
        if (settings.Notebooks.Skip(outcomes.Count).ToArray() is { Length: > 0 } left)
            yield return $"The run was interrupted; not begun: {string.Join(", ", left.Select(Path.GetFileNameWithoutExtension))}.";
    }

    private NotebookIndexEntry Entry(string path, NotebookOutcome outcome) => new()
    {
        NotebookPath = ExecutedCopy(path),
        PagePath = PageOf(path),
        Seconds = outcome.Seconds,
        Error = outcome.Error,
    };

    private string ExecutedCopy(string path) => Path.Combine(settings.Out, "notebooks", Path.GetFileName(path));

    private string PageOf(string path) => Path.Combine(settings.Out, Path.GetFileNameWithoutExtension(path) + ".html");

    // Once beside the pages, for all of them.
    private string? WritePlotly()
    {
        var beside = Path.Combine(settings.Out, PlotlyName);
        if (settings.Plotly is { } plotly) AtomicFile.WriteText(beside, plotly);
        return File.Exists(beside) ? PlotlyName : null;
    }
}
