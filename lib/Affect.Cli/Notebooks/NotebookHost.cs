namespace Affect.Cli.Notebooks;

/// <summary>The laboratory's notebooks, and what their cells may use and how they show it: the library as this program runs it.</summary>
internal static class NotebookHost
{
    internal static SessionOptions Session { get; } = new()
    {
        References = [typeof(Require).Assembly.Location, typeof(Claim).Assembly.Location, typeof(TorchSharp.torch).Assembly.Location],
        Formatter = new Formatter(),
        OnCell = Interruption.Hear,
    };

    /// <summary>Loads the compiler for the first cell from when it is asked for.</summary>
    internal static Lazy<WarmUp> WarmUp { get; } = new(() => Affect.Kernel.Sessions.WarmUp.Start(Session));

    /// <summary>The notebooks that are named, or all of the clone's, in order.</summary>
    internal static string[] Named(string[] files) => files.Length > 0 ? files : All(Path.Combine(new Laboratory().Home, "notebooks"));

    /// <summary>All notebooks of a folder, in order.</summary>
    internal static string[] All(string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.ipynb").Order(StringComparer.Ordinal)] : [];
        return files.Length > 0 ? files : throw new FileNotFoundException($"There is no notebook in {folder}.");
    }

    /// <summary>Runs a notebook, its cells shown as progress.</summary>
    internal static NotebookReport Run(
        string notebook, string copy, RunnerOptions options, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var runner = new NotebookRunner(options with { Session = Session });
        using var line = new CellProgressLine(progress, () => runner.Standing);
        return runner.Run(notebook, copy, line, cancel);
    }

    /// <summary>Whether an error is the notebook's, and the others can be run.</summary>
    internal static bool IsTheNotebooks(Exception error) =>
        error is FormatException or IOException or ArgumentException or UnauthorizedAccessException;

    /// <summary>How many claims hold, as in <c>2 of 3 claims hold</c>.</summary>
    internal static string Held(IReadOnlyList<ClaimReport> claims) => $"{claims.Count(claim => claim.Passed)} of {claims.Count} claims hold";

    /// <summary>Shows what nobody has registered a formatter for as the laboratory shows it.</summary>
    private sealed class Formatter : IOutputFormatter
    {
        public IReadOnlyDictionary<string, JsonNode> Format(object? value) => GeneralFormat.Of(value);
    }
}
