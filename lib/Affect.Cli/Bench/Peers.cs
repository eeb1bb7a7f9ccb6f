namespace Affect.Cli.Bench;

/// <summary>
/// The same work in Python, where it is wanted and possible: processes that stay warm between rounds and are asked for one timing at a time, so
/// that both sides run in alternation on the same machine. All are ended at the end.
/// </summary>
internal sealed class Peers(bool wanted) : IDisposable
{
    internal const string Interpreter = "/usr/bin/python3";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // The script defines run() and may define iterations (how often run() repeats the timed work) and info (what to print).
    private const string Harness = """
        import sys, time
        scope = {"argv": sys.argv[2:]}
        exec(compile(sys.argv[1], "peer", "exec"), scope)
        print("ready", scope.get("info", ""), flush=True)
        for line in sys.stdin:
            begun = time.perf_counter()
            scope["run"]()
            print((time.perf_counter() - begun) / scope.get("iterations", 1), flush=True)
        """;

    private readonly List<Process> started = [];

    /// <summary>Starts a peer; none, and the reason is told, where Python or one of its modules is missing.</summary>
    internal IReadOnlyList<(string Name, Func<double> Run)> Python(
        string name, string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        if (!wanted) return [];
        if (!File.Exists(Interpreter)) return Missing(name, $"{Interpreter} is missing");
        var process = Start(["-c", Harness, ReadScript(script), .. arguments], environment);
        var errors = process.StandardError.ReadToEndAsync();
        if (process.StandardOutput.ReadLine() is not { } first || !first.StartsWith("ready", StringComparison.Ordinal))
        {
            process.Dispose();
            return Missing(name, errors.GetAwaiter().GetResult().Trim().Split('\n')[^1]);
        }
        started.Add(process);
        Say.Note($"peer '{name}': {first["ready".Length..].Trim()}");
        return [(name, () => Ask(process))];
    }

    /// <summary>A peer that the case starts itself.</summary>
    internal IReadOnlyList<(string Name, Func<double> Run)> Other(string name, string? missing, Func<double> run) =>
        !wanted ? [] : missing is null ? [(name, run)] : Missing(name, missing);

    /// <summary>Starts Python with what it says and is told redirected.</summary>
    internal static Process Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment)
    {
        var start = new ProcessStartInfo(Interpreter, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>The text of an embedded script.</summary>
    internal static string ReadScript(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Affect.Cli.Bench.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public void Dispose()
    {
        foreach (var process in started)
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill();
            process.Dispose();
        }
    }

    private static double Ask(Process process)
    {
        process.StandardInput.WriteLine("go");
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult()
            ?? throw new InvalidOperationException("The Python peer ended before it had answered.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    private static IReadOnlyList<(string Name, Func<double> Run)> Missing(string name, string reason)
    {
        Say.Note($"no peer '{name}': {reason}");
        return [];
    }
}
