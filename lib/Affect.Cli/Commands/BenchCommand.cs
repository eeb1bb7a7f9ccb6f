namespace Affect.Cli.Commands;

/// <summary><c>lab bench</c>: what things cost here, beside their peers in Python where those are installed.</summary>
internal static class BenchCommand
{
    private static readonly string[] Groups = ["ops", "encode", "probe", "adapt", "kernel"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var what = new Argument<string[]>("what") { Description = "ops, encode, probe, adapt, kernel; all when none is named", Arity = ArgumentArity.ZeroOrMore };
        what.AcceptOnlyFromAmong(Groups);
        var runs = new Option<int>("--runs") { Description = "Counted runs of each side, after one warm-up; medians are printed", DefaultValueFactory = _ => 5 };
        var peers = new Option<bool>("--peer") { Description = "Run each case's peer beside it, in alternation (needs /usr/bin/python3 with torch, torchaudio, scikit-learn, ipykernel)" };
        var device = DeviceChoice.Option();
        var json = new Option<bool>("--json") { Description = "Print a JSON array of {case, ours_s, peer, peer_s, ratio}" };
        var command = new Command("bench", "Time operations, encoding, probing, adapting and the kernel on this machine, beside Python's where it is installed.") { what, runs, peers, device, json, BenchLevel.Create(), BenchPower.Create(), BenchRecipes.Create() };
        command.SetAction(parsed => Run(
            parsed.GetValue(what) is { Length: > 0 } names ? names : Groups,
            Require.AtLeast(1, parsed.GetValue(runs), "--runs"),
            parsed.GetValue(peers),
            DeviceChoice.Of(parsed.GetValue(device)),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] names, int runs, bool withPeers, Device device, bool asJson)
    {
        static void Tell(string text) => Console.Error.WriteLine(text);
        Tell(Machine.Describe());
        using var peers = new PeerStarter(withPeers, Tell);
        var results = new List<BenchResult>();
        foreach (var bench in names.SelectMany(name => Cases(name, peers, device)))
        {
            using (bench)
            {
                Tell($"{bench.Name} ...");
                results.AddRange(BenchRunner.Run(bench, runs));
                if (bench.Note is { } note) Tell($"{bench.Name}: {note()}");
            }
        }
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(results, Indented));
        else Show(results);
        return 0;
    }

    private static IEnumerable<BenchCase> Cases(string name, PeerStarter peers, Device device) => name switch
    {
        "ops" => OpsBench.Cases(peers),
        "encode" => EncodeBench.Cases(peers, device),
        "adapt" => AdaptBench.Cases(device),
        "kernel" => KernelBench.Cases(peers),
        _ => ProbeBench.Cases(peers),
    };

    private static void Show(List<BenchResult> results)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("case").NoWrap()).AddColumns("ours", "peer", "peer's", "ours / peer's");
        foreach (var result in results)
            table.AddRow(
                Markup.Escape(result.Case),
                Duration(result.OursSeconds),
                Markup.Escape(result.Peer ?? "-"),
                result.PeerSeconds is { } seconds ? Duration(seconds) : "-",
                result.Ratio?.ToString("F3", CultureInfo.InvariantCulture) ?? "-");
        AnsiConsole.Write(table);
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F3} us"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F2} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:F3} s"),
    };
}
