namespace Affect.Cli.Bench;

/// <summary>What a reader of a notebook waits for: the kernel's start, its first cell, every later one; beside Python's kernel.</summary>
internal static class KernelBench
{
    private const int LaterCells = 30;
    private const string Modules = "/usr/lib/python3/dist-packages";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static IEnumerable<BenchCase> Cases(Peers peers)
    {
        var ours = KernelSpec.Of(KernelSpec.OwnName, typeof(KernelBench).Assembly.Location).Arguments;
        string[] theirs = [Peers.Interpreter, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"];
        var missing = Directory.Exists(Path.Combine(Modules, "ipykernel")) ? null : $"{Peers.Interpreter} has no ipykernel";
        (string, Func<KernelProcess, double>?)[] waits =
            [("ready", null), ("first-cell-at-once", FirstCell), ("first-cell-after-3s", FirstCellLater), ("later-cell", LaterCell)];
        foreach (var (name, time) in waits)
        {
            var memory = 0L;
            yield return new($"kernel/{name}", () => Time(ours, KernelSpec.Settings, time, bytes => memory = bytes))
            {
                Peers = peers.Other("ipykernel", missing, () => Time(theirs, null, time, _ => { })),
                Note = () => $"{memory / 1e6:0} MB at its end",
            };
        }
        if (!Directory.Exists(Path.Combine(Modules, "jupyter_client"))) yield break;
        // By Jupyter's own client, which waits a little before it calls a kernel ready: what a person waits for.
        foreach (var (name, at) in ((string, int)[])[("jupyter-ready", 0), ("jupyter-first-cell", 1)])
        {
            yield return new($"kernel/{name}", () => ByJupyter(ours, KernelSpec.Settings)[at])
            {
                Peers = peers.Other("ipykernel", missing, () => ByJupyter(theirs, null)[at]),
            };
        }
    }

    private static double[] ByJupyter(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? settings)
    {
        using var client = Peers.Start(["-Xfrozen_modules=off", "-c", Peers.ReadScript("kernel_client.py"), .. arguments], settings);
        var (output, errors) = (client.StandardOutput.ReadToEndAsync(), client.StandardError.ReadToEndAsync());
        if (!client.WaitForExit(Patience)) client.Kill(entireProcessTree: true);
        var told = errors.GetAwaiter().GetResult().Trim().Split('\n')[^1];
        if (client.ExitCode != 0) throw new IOException($"Jupyter's client could not time {arguments[0]}: {told}");
        var words = output.GetAwaiter().GetResult().Split(null as char[], StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }

    // The time until the kernel is ready, or of what is done then.
    private static double Time(
        IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? settings, Func<KernelProcess, double>? time, Action<long> memory)
    {
        var clock = Stopwatch.StartNew();
        using var kernel = new KernelProcess(arguments, settings);
        if (kernel.WaitUntilReady(Patience) is null) throw new IOException($"{arguments[0]} did not answer within {Patience.TotalSeconds} s.");
        var seconds = time?.Invoke(kernel) ?? clock.Elapsed.TotalSeconds;
        memory(kernel.ResidentBytes);
        return seconds;
    }

    private static double FirstCell(KernelProcess kernel) => Cell(kernel, 0);

    // As soon as a person sends one, the compiler is warm.
    private static double FirstCellLater(KernelProcess kernel)
    {
        Thread.Sleep(TimeSpan.FromSeconds(3));
        return Cell(kernel, 0);
    }

    private static double LaterCell(KernelProcess kernel)
    {
        for (var i = 0; i < 5; i++) Cell(kernel, i);
        double[] seconds = [.. Enumerable.Range(0, LaterCells).Select(i => Cell(kernel, i)).Order()];
        return seconds[LaterCells / 2];
    }

    // The same in both languages.
    private static double Cell(KernelProcess kernel, int number) => BenchRunner.Time(1, () =>
    {
        var code = $"{number} + 1";
        if (kernel.Execute(code, Patience)?.Status != "ok") throw new IOException($"The kernel did not compute {code}.");
    });
}
