namespace Affect.Cli.Commands;

/// <summary><c>lab notebooks run</c>: executes notebooks from top to bottom.</summary>
internal static class RunNotebooks
{
    internal static Command Create()
    {
        var command = new LabCommand("run", "Run notebooks from their first cell to their last and write executed copies. Exit code 2 if one fails.");
        var files = command.Notebooks();
        var parameters = command.Optional<string[]>("--param", "name=value, for the cell tagged 'parameters'; may be repeated");
        var output = command.Optional<string?>("--out", "Folder of the executed copies; by default artifacts/notebooks beside lab");
        var inPlace = command.Optional<bool>("--in-place", "Replace each notebook by its executed copy, if it ran to its end");
        var quick = command.Optional<bool>("--quick", "Set the parameter 'quick' where a notebook has one");
        var timeout = command.CellTime();
        return command.RunsLong(given =>
        {
            if (given.Of(inPlace) && given.Of(output) is not null) throw new FormatException("--out and --in-place cannot be used together.");
            var options = new RunnerOptions { Parameters = Pairs(given.Of(parameters)), IsQuick = given.Of(quick), Timeout = given.Of(timeout) };
            var folder = given.Of(output) ?? Path.Combine(new Laboratory().Home, "artifacts", "notebooks");
            return Run(NotebookHost.Named(given.Of(files)), folder, given.Of(inPlace), options, given);
        });
    }

    private static int Run(string[] files, string folder, bool inPlace, RunnerOptions options, Given given)
    {
        CheckPlaces(files, folder);
        StrayExceptions.Survive();
        var failures = new List<(string Name, string Reason)>();
        var hasLostCell = false;
        foreach (var file in files)
        {
            var (name, copy) = (Path.GetFileName(file), Path.Combine(folder, Path.GetFileName(file)));
            try
            {
                var report = NotebookHost.Run(file, copy, options, given.Progress, given.Cancel);
                given.Progress.Dispose();
                hasLostCell |= report.HasLostCell;
                if (Show(report, name, inPlace) is { } failure) failures.Add((name, failure));
            }
            catch (OperationCanceledException)
            {
                given.Progress.Dispose();
                Say.Note($"Interrupted; no executed copy of {name} was written.");
                return 130;
            }
            catch (Exception error) when (NotebookHost.IsTheNotebooks(error))
            {
                Say.Note($"error: {error.Message}");
                failures.Add((name, error.Message));
            }
        }
        if (files.Length > 1) Say.Failures(failures, $"{failures.Count} of {files.Length} notebooks failed:", files.Length);
        return ProcessEnd.With(failures.Count > 0 ? 2 : 0, hasLostCell);
    }

    // Why it failed; null: it ran to its end.
    private static string? Show(NotebookReport report, string name, bool inPlace)
    {
        if (report.Error is { } error)
        {
            Say.Note($"error: {name}: cell {report.Cells[^1].Number} failed; what was executed is in {report.OutputPath}");
            foreach (var line in error.Traceback) Say.Note($"  {line}");
            return error.Summary;
        }
        if (inPlace) AtomicFile.WriteText(report.Path, File.ReadAllText(report.OutputPath));
        var claims = report.Claims.Count == 0 ? "" : $", {NotebookHost.Held(report.Claims)}";
        Say.Result($"{name}: {report.Cells.Count} cells in {report.Seconds:0.0} s{claims}: {(inPlace ? report.Path : report.OutputPath)}");
        return null;
    }

    // Told before anything runs: two executed copies would have one name, or a notebook would be overwritten by accident.
    private static void CheckPlaces(string[] files, string folder)
    {
        var twice = files.GroupBy(Path.GetFileName).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new FormatException($"{string.Join(" and ", twice)} would have the same executed copy, {Path.Combine(folder, twice.Key!)}: "
                + "run them one by one, each with its own --out.");
        }
        var own = files.FirstOrDefault(file => Path.GetFullPath(Path.Combine(folder, Path.GetFileName(file))) == Path.GetFullPath(file));
        if (own is not null) throw new FormatException($"--out {folder} would overwrite {own}: choose another folder, or --in-place.");
    }

    private static Dictionary<string, string> Pairs(string[] texts)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new FormatException($"--param must be written as name=value, but was '{text}'.");
            pairs[text[..at].Trim()] = text[(at + 1)..];
        }
        return pairs;
    }
}
