namespace Affect.Cli.Bench;

/// <summary>
/// The same work in Python: a process that stays warm between rounds and is asked for one timing at a time, so that both sides run in
/// alternation on the same machine.
/// </summary>
internal sealed class PythonPeer : IDisposable
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

    private readonly Process process;

    private PythonPeer(Process process, string info) => (this.process, Info) = (process, info);

    /// <summary>What the peer says of itself: versions, threads, libraries.</summary>
    public string Info { get; }

    /// <summary>Starts a peer; null, with the reason, where Python or one of its modules is missing.</summary>
    /// <param name="script">The name of an embedded script, as in <c>ops_peer.py</c>.</param>
    /// <param name="arguments">Handed to the script as <c>argv</c>.</param>
    /// <param name="environment">Variables set for the peer alone.</param>
    /// <param name="reason">Why there is no peer.</param>
    public static PythonPeer? TryStart(
        string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment, out string reason)
    {
        reason = "";
        if (!File.Exists(Interpreter))
        {
            reason = $"{Interpreter} is missing";
            return null;
        }
        var start = new ProcessStartInfo(Interpreter)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])["-c", Harness, ReadScript(script), .. arguments]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var started = Process.Start(start)!;
        var errors = started.StandardError.ReadToEndAsync();
        var first = started.StandardOutput.ReadLine();
        if (first is not null && first.StartsWith("ready", StringComparison.Ordinal)) return new PythonPeer(started, first["ready".Length..].Trim());
        reason = errors.GetAwaiter().GetResult().Trim().Split('\n')[^1];
        started.Dispose();
        return null;
    }

    /// <summary>Runs the peer's work once.</summary>
    /// <returns>Seconds per iteration.</returns>
    public double Run()
    {
        process.StandardInput.WriteLine("go");
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult()
            ?? throw new InvalidOperationException("The Python peer ended before it had answered.");
        return double.Parse(line, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5))) process.Kill();
        process.Dispose();
    }

    /// <summary>The text of an embedded script.</summary>
    internal static string ReadScript(string name)
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream($"Affect.Cli.Bench.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
