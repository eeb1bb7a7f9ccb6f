namespace Affect.Cli.Bench;

/// <summary>Runs a case and its peers in alternation, after a warm-up of each, and keeps the medians.</summary>
internal static class BenchRunner
{
    internal static IReadOnlyList<BenchResult> Run(BenchCase bench, int runs)
    {
        bench.Ours();
        foreach (var peer in bench.Peers) peer.Run();
        var ours = new double[runs];
        var theirs = bench.Peers.Select(_ => new double[runs]).ToArray();
        for (var run = 0; run < runs; run++)
        {
            ours[run] = bench.Ours();
            for (var peer = 0; peer < theirs.Length; peer++) theirs[peer][run] = bench.Peers[peer].Run();
        }
        var mine = Median(ours);
        if (bench.Peers.Count == 0) return [new(bench.Name, mine, null, null, null)];
        return [.. bench.Peers.Select((peer, index) => Compare(bench.Name, mine, peer.Name, Median(theirs[index])))];
    }

    /// <summary>The seconds that an action takes, divided by its repetitions.</summary>
    internal static double Time(int repetitions, Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < repetitions; i++) action();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds / repetitions;
    }

    private static BenchResult Compare(string name, double ours, string peer, double theirs) => new(name, ours, peer, theirs, ours / theirs);

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
