namespace Affect.Cli.Notebooks;

/// <summary><c>lab run</c>: every notebook in order, and a report of what they found.</summary>
internal sealed class ReportRun
{
    private const string PlotlyName = "plotly.min.js";
    private const string IndexName = "index.html";
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The notebooks, in the order in which they are run.</summary>
    internal required IReadOnlyList<string> Notebooks { get; init; }

    /// <summary>How they are run; a parameter is given to those notebooks that have it.</summary>
    internal required RunnerOptions Options { get; init; }

    /// <summary>Where the report is written.</summary>
    internal required string Out { get; init; }

    /// <summary>Where generated clips and features are kept between runs.</summary>
    internal required string Cache { get; init; }

    /// <summary>The text of plotly.js, which is written beside the pages: their figures then answer to the pointer; null: none.</summary>
    internal string? Plotly { get; init; }

    /// <summary>Runs the notebooks; one that fails does not keep the others from running.</summary>
    /// <returns>What each of them gave, in order.</returns>
    internal IReadOnlyList<NotebookOutcome> Run(IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        StrayExceptions.Survive();
        var made = new HashSet<(int Clips, int Seed)>();
        foreach (var path in Notebooks)
            if (MimicOf(path) is { } mimic && made.Add(mimic))
                new Laboratory(cache: Cache, progress: progress).Open(Laboratory.MimicName, mimic.Clips, mimic.Seed, cancel);
        var plotly = WritePlotly();
        var outcomes = new List<NotebookOutcome>();
        foreach (var path in Notebooks)
        {
            outcomes.Add(Run(path, plotly, progress, cancel));
            if (outcomes[^1].IsInterrupted) break; // the others were not begun, and what was found is reported
        }
        new NotebookIndex
        {
            Lead = outcomes.All(outcome => outcome.Error is null)
                ? "Every notebook was run from its first cell to its last; each claim and figure leads to its place."
                : "Each claim and figure leads to its place. Notebooks that did not come to their end show what their finished cells found.",
            Notices = [.. Notices(outcomes)],
            Entries = [.. Notebooks.Zip(outcomes, Entry).Where(entry => File.Exists(entry.NotebookPath))],
        }.Write(Path.Combine(Out, IndexName));
        AtomicFile.WriteText(Path.Combine(Out, "summary.json"), Summary(outcomes));
        return outcomes;
    }

    // Making the corpus is no notebook's question and may take longer than all of them: it is made first, with progress, and they find it.
    private (int Clips, int Seed)? MimicOf(string path)
    {
        Dictionary<string, string> values;
        try
        {
            values = new(NotebookDocument.Read(path).Parameters);
        }
        catch (Exception error) when (NotebookHost.IsTheNotebooks(error))
        {
            return null; // told when its turn comes
        }
        foreach (var (name, value) in Options.Parameters) values[name] = value;
        if (!values.ContainsKey("clips") || values.GetValueOrDefault("corpusName", Laboratory.MimicName) != Laboratory.MimicName) return null;
        var clips = Number(Options.IsQuick ? "quickClips" : "clips") ?? Number("clips");
        return clips is { } count && Number("seed") is { } seed ? (count, seed) : null;

        int? Number(string name) => int.TryParse(values.GetValueOrDefault(name), CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private NotebookOutcome Run(string path, string? plotly, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        // What an earlier run left is not shown as this one's.
        Directory.CreateDirectory(Path.Combine(Out, "notebooks"));
        File.Delete(ExecutedCopy(path));
        File.Delete(PageOf(path));
        try
        {
            var known = NotebookDocument.Read(path).Parameters;
            var parameters = Options.Parameters.Where(parameter => known.ContainsKey(parameter.Key)).ToDictionary(StringComparer.Ordinal);
            var options = Options with { Parameters = parameters, KeepsInterrupted = true };
            var report = NotebookHost.Run(path, ExecutedCopy(path), options, progress, cancel);
            NotebookPage.Write(report.OutputPath, PageOf(path), Path.GetDirectoryName(Path.GetFullPath(path)), IndexName, plotly);
            return NotebookOutcome.Of(report);
        }
        catch (Exception error) when (NotebookHost.IsTheNotebooks(error))
        {
            return NotebookOutcome.Refused(path, error.Message);
        }
    }

    private IEnumerable<string> Notices(List<NotebookOutcome> outcomes)
    {
        if (Options.IsQuick) yield return "This was a quick run on few clips: it shows that everything works, and its scores mean little.";
        foreach (var outcome in outcomes)
            if (outcome.Error is { } error) yield return $"{outcome.Name} did not come to its end: {error}";
        if (Notebooks.Skip(outcomes.Count).ToArray() is { Length: > 0 } left)
            yield return $"The run was interrupted; not begun: {string.Join(", ", left.Select(Path.GetFileNameWithoutExtension))}.";
    }

    private NotebookIndexEntry Entry(string path, NotebookOutcome outcome) => new()
    {
        NotebookPath = ExecutedCopy(path),
        PagePath = PageOf(path),
        Seconds = outcome.Seconds,
        Error = outcome.Error,
    };

    // For programs: {"notebooks": [{"name", "seconds", "claims": [{"text", "passed"}], "error"}], "results": {…}}; of one name the later counts.
    private static string Summary(IReadOnlyList<NotebookOutcome> outcomes)
    {
        var results = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var (name, value) in outcomes.SelectMany(outcome => outcome.Results)) results[name] = value;
        return JsonSerializer.Serialize(new
        {
            notebooks = outcomes.Select(outcome => new
            {
                name = outcome.Name,
                seconds = Math.Round(outcome.Seconds, 1),
                claims = outcome.Claims.Select(claim => new { text = claim.Text, passed = claim.Passed }),
                error = outcome.Error,
            }),
            results,
        }, Layout) + "\n";
    }

    private string ExecutedCopy(string path) => Path.Combine(Out, "notebooks", Path.GetFileName(path));

    private string PageOf(string path) => Path.Combine(Out, Path.GetFileNameWithoutExtension(path) + ".html");

    // Once beside the pages, for all of them.
    private string? WritePlotly()
    {
        var beside = Path.Combine(Out, PlotlyName);
        if (Plotly is { } plotly) AtomicFile.WriteText(beside, plotly);
        return File.Exists(beside) ? PlotlyName : null;
    }
}
