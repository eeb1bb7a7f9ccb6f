namespace Affect.Kernel.Headless;

/// <summary>Runs notebooks from their first cell to their last, without Jupyter.</summary>
/// <param name="options">How.</param>
public sealed class NotebookRunner(RunnerOptions options)
{
    private const int LongestPreview = 60;
    private volatile CellStanding? standing;

    /// <summary>The cell that runs right now; null where none does. May be read from any thread.</summary>
    public CellStanding? Standing => standing is { } now ? now with { Said = now.Recorder?.Last ?? "" } : null;

    /// <summary>Runs a notebook in a fresh session and writes its executed copy, also when a cell fails.</summary>
    /// <param name="path">The notebook.</param>
    /// <param name="outputPath">The executed copy; written at the end, wholly or not at all.</param>
    /// <param name="progress">Told before each cell and at the end.</param>
    /// <param name="ct">Ends the run; nothing is written then, unless <see cref="RunnerOptions.KeepsInterrupted"/>.</param>
    /// <exception cref="FormatException">The file is no notebook of C#, or a parameter is unknown or of another type.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled, and what was executed is not to be kept.</exception>
    public NotebookReport Run(string path, string outputPath, IProgress<CellProgress>? progress = null, CancellationToken ct = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(outputPath);
        var name = Path.GetFileName(path);
        var notebook = NotebookDocument.Read(path);
        ParameterCell.Inject(notebook, options.Parameters, options.IsQuick, name);
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode)) cell.Clear();
        var code = notebook.Cells.Index().Where(entry => entry.Item.IsCode && !string.IsNullOrWhiteSpace(entry.Item.Source)).ToArray();

        var begun = Stopwatch.GetTimestamp();
        var reports = new List<CellReport>();
        var claims = new List<ClaimReport>();
        CellError? error = null;
        var hasLostCell = false;
        var recorder = new OutputRecorder(options.MostPrinted);
        var settings = options.Session with { WorkingDirectory = Path.GetDirectoryName(Path.GetFullPath(path))!, CellTimeout = options.Timeout };
        using (var session = new NotebookSession(settings, recorder))
        {
            foreach (var (index, cell) in code)
            {
                var preview = Preview(cell.Source);
                progress?.Report(new CellProgress(name, reports.Count, code.Length, preview));
                var outputs = recorder.Begin();
                standing = new CellStanding(name, index + 1, notebook.Cells.Count, reports.Count, code.Length, preview, DateTimeOffset.Now)
                { Recorder = recorder };
                var outcome = session.Run(cell.Source, ct);
                standing = null;
                if (!options.KeepsInterrupted) ct.ThrowIfCancellationRequested();
                recorder.End();
                cell.Executed(outcome.ExecutionCount, outputs);
                claims.AddRange(OutputRecorder.Claims(outputs));
                reports.Add(new CellReport(index + 1, outcome));
                if (IsFatal(cell, outcome)) error = outcome.Error;
                // Between two cells, or as the cell came to its end.
                else if (options.KeepsInterrupted && ct.IsCancellationRequested && reports.Count < code.Length)
                    error = new CellError { Name = "Interrupted", Message = "the run was interrupted after this cell", Traceback = [] };
                if (error is not null) break;
            }
            hasLostCell = session.IsLost;
        }
        progress?.Report(new CellProgress(name, reports.Count, code.Length, ""));
        notebook.Write(outputPath);
        return new NotebookReport
        {
            Path = path,
            OutputPath = outputPath,
            Seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds,
            Cells = reports,
            Claims = claims,
            Error = error,
            IsInterrupted = ct.IsCancellationRequested && error is not null,
            HasLostCell = hasLostCell,
        };
    }

    // A cell may announce that it throws; that it does not end is never meant.
    private static bool IsFatal(NotebookCell cell, CellOutcome outcome) =>
        outcome.Error is not null && !(outcome.Status == CellStatus.Failed && cell.Tags.Contains("raises-exception"));

    private static string Preview(string source)
    {
        var lines = source.Split('\n').Select(line => line.Trim());
        var line = lines.FirstOrDefault(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)) ?? "";
        return line.Length > LongestPreview ? line[..LongestPreview] + "..." : line;
    }
}
