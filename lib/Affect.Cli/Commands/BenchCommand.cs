namespace Affect.Cli.Commands;

/// <summary><c>lab bench</c>: what things cost here, beside their peers in Python where those are installed.</summary>
internal static class BenchCommand
{
    private static readonly string[] Groups = ["ops", "encode", "probe", "adapt", "kernel"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var command = new LabCommand("bench", "Time operations, encoding, probing, adapting and the kernel, beside Python's where it is installed.")
        {
            BenchLevel.Create(), BenchPower.Create(), BenchRecipes.Create(),
        };
        var what = command.Files("what", "ops, encode, probe, adapt, kernel; all when none is named");
        what.AcceptOnlyFromAmong(Groups);
        var runs = command.Standard("--runs", 5, "Counted runs of each side, after one warm-up; medians are printed");
        var withPeers = command.Optional<bool>(
            "--peer", "Run each case's peer beside it, in alternation (needs /usr/bin/python3 with torch, torchaudio, scikit-learn, ipykernel)");
        var device = command.Device();
        var json = command.Optional<bool>("--json", "Print a JSON array of {case, ours_s, peer, peer_s, ratio}");
        return command.Runs(given =>
        {
            var (count, place) = (Require.AtLeast(1, given.Of(runs), "--runs"), given.Of(device));
            using var peers = new Peers(given.Of(withPeers));
            var names = given.Of(what) is { Length: > 0 } named ? named : Groups;
            var results = BenchRunner.Run(names.SelectMany(name => Cases(name, peers, place)), count);
            if (given.Of(json)) Say.Result($"{JsonSerializer.Serialize(results, Indented)}");
            else Say.Table(null, ["case", "ours", "peer", "peer's", "ours / peer's"], results.Select(Row));
            return 0;
        });
    }

    private static IEnumerable<BenchCase> Cases(string name, Peers peers, Device device) => name switch
    {
        "ops" => OpsBench.Cases(peers),
        "encode" => EncodeBench.Cases(peers, device),
        "adapt" => AdaptBench.Cases(device),
        "kernel" => KernelBench.Cases(peers),
        _ => ProbeBench.Cases(peers),
    };

    private static string[] Row(BenchRunner.Result result) =>
        [result.Case, Duration(result.OursSeconds), result.Peer ?? "-", Duration(result.PeerSeconds), result.Ratio?.ToString("F3", null) ?? "-"];

    private static string Duration(double? seconds) => seconds switch
    {
        null => "-",
        < 1e-3 => $"{seconds * 1e6:F3} us",
        < 1 => $"{seconds * 1e3:F2} ms",
        _ => $"{seconds:F3} s",
    };
}
