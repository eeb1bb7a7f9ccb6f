namespace Affect.Cli.Commands;

/// <summary><c>lab notebooks run</c>: executes notebooks from top to bottom.</summary>
internal static class RunNotebooks
{
    internal static Command Create()
    {
        var files = new Argument<string[]>("files") { Description = "Notebooks; by default all of notebooks/, in order", Arity = ArgumentArity.ZeroOrMore };
        var parameters = new Option<string[]>("--param") { Description = "name=value, for the cell tagged 'parameters'; may be repeated", DefaultValueFactory = _ => [] };
        var output = new Option<string?>("--out") { Description = "Folder of the executed copies; by default artifacts/notebooks beside lab" };
        var inPlace = new Option<bool>("--in-place") { Description = "Replace each notebook by its executed copy, if it ran to its end" };
        var quick = new Option<bool>("--quick") { Description = "Set the parameter 'quick' where a notebook has one" };
        var timeout = new Option<double?>("--timeout") { Description = "Seconds that one cell may take; by default as long as it takes" };
        var command = new Command("run", "Run notebooks from their first cell to their last and write executed copies. Exit code 2 if one fails.")
        {
            files, parameters, output, inPlace, quick, timeout,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var limit = CellTime.Of(parsed.GetValue(timeout));
                if (parsed.GetValue(inPlace) && parsed.GetValue(output) is not null) throw new FormatException("--out and --in-place cannot be used together.");
                var home = new Laboratory().Home;
                var options = new RunnerOptions
                {
                    Parameters = Pairs(parsed.GetValue(parameters)!),
                    IsQuick = parsed.GetValue(quick),
                    Timeout = limit,
                    Session = NotebookHost.Session,
                };
                var chosen = parsed.GetValue(files) is { Length: > 0 } named ? named : NotebookFolder.All(home);
                var folder = parsed.GetValue(output) ?? Path.Combine(home, "artifacts", "notebooks");
                return Run(chosen, folder, parsed.GetValue(inPlace), options, ct);
            },
            CancellationToken.None));
        return command;
    }

    private static int Run(string[] files, string folder, bool inPlace, RunnerOptions options, CancellationToken ct)
    {
        CheckPlaces(files, folder);
        StrayExceptions.Survive();
        var failures = new List<string>();
        var hasLostCell = false;
        foreach (var file in files)
        {
            try
            {
                var (failure, isLost) = Run(file, Path.Combine(folder, Path.GetFileName(file)), inPlace, options, ct);
                if (failure is not null) failures.Add(failure);
                hasLostCell |= isLost;
            }
            catch (OperationCanceledException)
            {
                Console.Error.WriteLine($"Interrupted; no executed copy of {Path.GetFileName(file)} was written.");
                return 130;
            }
            catch (Exception error) when (error is FormatException or IOException or ArgumentException or UnauthorizedAccessException)
            {
                Console.Error.WriteLine($"error: {error.Message}");
                failures.Add($"{Path.GetFileName(file)}: {error.Message}");
            }
        }
        if (files.Length > 1 && failures.Count > 0)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{failures.Count} of {files.Length} notebooks failed:"));
            foreach (var failure in failures) Console.Error.WriteLine($"  {failure}");
        }
        return ProcessEnd.With(failures.Count > 0 ? 2 : 0, hasLostCell);
    }

    private static (string? Failure, bool HasLostCell) Run(string file, string copy, bool inPlace, RunnerOptions options, CancellationToken ct)
    {
        NotebookReport report;
        var runner = new NotebookRunner(options);
        using (var progress = new ConsoleProgress())
        using (var line = new CellProgressLine(progress, () => runner.Standing))
            report = runner.Run(file, copy, line, ct);
        var name = Path.GetFileName(file);
        if (report.Error is { } error)
        {
            Console.Error.WriteLine($"error: {name}: cell {report.Cells[^1].Number} failed; what was executed is in {copy}");
            foreach (var line in error.Traceback) Console.Error.WriteLine($"  {line}");
            return ($"{name}: {error.Summary}", report.HasLostCell);
        }
        if (inPlace) AtomicFile.WriteText(file, File.ReadAllText(copy));
        var claims = report.Claims.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {report.Claims.Count(claim => claim.Passed)} of {report.Claims.Count} claims hold");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {report.Cells.Count} cells in {report.Seconds:0.0} s{claims}: {(inPlace ? file : copy)}"));
        return (null, false);
    }

    // Told before anything runs: two executed copies would have one name, or a notebook would be overwritten by accident.
    private static void CheckPlaces(string[] files, string folder)
    {
        var twice = files.GroupBy(Path.GetFileName).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null) throw new FormatException($"{string.Join(" and ", twice)} would have the same executed copy, {Path.Combine(folder, twice.Key!)}: run them one by one, each with its own --out.");
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
