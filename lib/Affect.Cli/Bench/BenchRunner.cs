namespace Affect.Cli.Bench;

/// <summary>Runs a case and its peers in alternation, after a warm-up of each, and keeps the medians.</summary>
internal static class BenchRunner
{
    /// <summary>Medians of one case beside one peer.</summary>
    internal sealed record Result(
        [property: JsonPropertyName("case")] string Case,
        [property: JsonPropertyName("ours_s")] double OursSeconds,
        [property: JsonPropertyName("peer")] string? Peer = null,
        [property: JsonPropertyName("peer_s")] double? PeerSeconds = null)
    {
        /// <summary>Our time divided by the peer's: below 1 we are faster.</summary>
        [JsonPropertyName("ratio")]
        public double? Ratio => OursSeconds / PeerSeconds;
    }

    /// <summary>Runs cases one after another, each freed before the next begins.</summary>
    internal static IReadOnlyList<Result> Run(IEnumerable<BenchCase> cases, int runs)
    {
        Say.Note($"{Machine}");
        var results = new List<Result>();
        foreach (var bench in cases)
        {
            using (bench)
            {
                Say.Note($"{bench.Name} ...");
                results.AddRange(Run(bench, runs));
                if (bench.Note is { } note) Say.Note($"{bench.Name}: {note()}");
            }
        }
        return results;
    }

    /// <summary>The seconds that an action takes, divided by its repetitions.</summary>
    internal static double Time(int repetitions, Action action)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < repetitions; i++) action();
        return Stopwatch.GetElapsedTime(begun).TotalSeconds / repetitions;
    }

    /// <summary>What ends a case's name where it does not run on the CPU.</summary>
    internal static string Suffix(Device device) => device.type == DeviceType.CPU ? "" : $"-{device.type.ToString().ToLowerInvariant()}";

    private static IReadOnlyList<Result> Run(BenchCase bench, int runs)
    {
        Func<double>[] sides = [bench.Ours, .. bench.Peers.Select(peer => peer.Run)];
        foreach (var side in sides) side();
        var rounds = Enumerable.Range(0, runs).Select(_ => sides.Select(side => side()).ToArray()).ToArray();
        double[] medians = [.. sides.Select((_, side) => Median(rounds.Select(round => round[side])))];
        if (bench.Peers.Count == 0) return [new Result(bench.Name, medians[0])];
        return [.. bench.Peers.Select((peer, index) => new Result(bench.Name, medians[0], peer.Name, medians[index + 1]))];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // What the figures were measured on.
    private static string Machine
    {
        get
        {
            const string told = "/proc/cpuinfo";
            var lines = File.Exists(told) ? File.ReadLines(told) : [];
            var processor = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
            return $"{processor ?? $"{RuntimeInformation.ProcessArchitecture}"}, {Environment.ProcessorCount} cores, .NET {Environment.Version}, "
                + $"libtorch {__version__}, {get_num_threads()} threads within an operation";
        }
    }
}
