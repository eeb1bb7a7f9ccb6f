namespace Affect.Cli.Commands;

/// <summary><c>lab bench power</c>: which difference in WAF a corpus can tell.</summary>
internal static class BenchPower
{
    internal static Command Create()
    {
        var corpus = new Option<DirectoryInfo?>("--corpus") { Description = "A corpus with a manifest; by default the plan of Mimic as 'lab corpus mimic' makes it" };
        var decisions = new Option<FileInfo[]>("--decisions") { Description = "Two csv files of decisions on the same clips: accuracy, speakers' spread and agreement are measured from them", Arity = new ArgumentArity(0, 2), AllowMultipleArgumentsPerToken = true };
        var plain = new SimulatedWorld();
        var accuracy = new Option<double>("--accuracy") { Description = "Share of right decisions, 0.01 to 0.99", DefaultValueFactory = _ => plain.Accuracy };
        var agreement = new Option<double>("--agreement") { Description = "Share of what decides about a clip that both systems have in common, 0 to 1", DefaultValueFactory = _ => 0.85 };
        var spread = new Option<double>("--speaker-spread") { Description = "How much speakers differ to both systems, as a deviation where that of clips is 1", DefaultValueFactory = _ => plain.SpeakerSpread };
        var own = new Option<double>("--system-spread") { Description = "How much speakers differ to one system alone", DefaultValueFactory = _ => 0.1 };
        var seeds = new Option<int[]>("--seeds") { Description = "Runs of each system; several numbers are asked about one after another. Two cover no other seeds, as one does not", DefaultValueFactory = _ => [1, 3, 5, 10], AllowMultipleArgumentsPerToken = true };
        var seedSpread = new Option<double>("--seed-spread") { Description = "How much runs of one system differ as wholes; 0.02 is a deviation of about 0.007 in WAF", DefaultValueFactory = _ => 0.02 };
        var repeats = new Option<int>("--repeats") { Description = "Worlds for each difference", DefaultValueFactory = _ => 500 };
        var command = new Command("power", "Simulate which difference in WAF between two systems a corpus of so many speakers and clips can tell.")
        {
            corpus, decisions, accuracy, agreement, spread, own, seeds, seedSpread, repeats,
        };
        command.SetAction((parsed, cancel) =>
        {
            var files = parsed.GetValue(decisions) ?? [];
            foreach (var assumed in (Option[])[accuracy, agreement, spread, own]) UnusedOption.Refuse(parsed, assumed, files.Length == 0, "is measured from --decisions");
            var (name, counted) = Counted(parsed.GetValue(corpus), files);
            var world = files.Length == 2
                ? MeasuredWorld.Of(Decisions.Load(files[0].FullName), Decisions.Load(files[1].FullName))
                : plain with
                {
                    Accuracy = parsed.GetValue(accuracy),
                    Agreement = parsed.GetValue(agreement),
                    SpeakerSpread = parsed.GetValue(spread),
                    SystemSpread = parsed.GetValue(own),
                };
            world = world with { RunSpread = parsed.GetValue(seedSpread) };
            if (counted is not null) world = world with { Clips = counted };
            PowerConfig[] asked = [.. (parsed.GetValue(seeds) ?? []).Select(count => new PowerConfig { World = world, Runs = count, Repeats = parsed.GetValue(repeats) })]; // a wrong number before the work
            Say($"{name}: {world.Clips.Sum()} clips of {world.Clips.Count} speakers ({world.Clips.Min()} to {world.Clips.Max()} each), all of them scored (outer folds by speaker)");
            Say($"assumed: right decisions {world.Accuracy:0.00}; spread of speakers {world.SpeakerSpread:0.00} for both systems and {world.SystemSpread:0.00} for one, of seeds {world.RunSpread:0.00}, where that of clips is 1; agreement {world.Agreement:0.00}");
            foreach (var config in asked)
            {
                using var progress = new ConsoleProgress();
                var report = PowerSimulation.Run(config, progress, cancel);
                progress.Dispose();
                Print(report);
            }
            return Task.FromResult(0);
        });
        return command;
    }

    // The labelled clips are those that outer folds by speaker score.
    private static (string Name, IReadOnlyList<int>? Clips) Counted(DirectoryInfo? folder, FileInfo[] files)
    {
        if (files.Length is not (0 or 2)) throw new ArgumentException($"--decisions must name two files, of two systems, but names {files.Length}.", nameof(files));
        if (folder is null && files.Length > 0) return ("the clips of the two files", null);
        var corpus = folder is null ? Mimic.Plan(new MimicConfig()) : Manifest.Read(Path.Combine(folder.FullName, Manifest.FileName));
        int[] clips = [.. corpus.Clips.Where(clip => clip.Emotion is not null).CountBy(clip => clip.Speaker).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value)];
        return clips.Length > 1 ? ($"the labelled clips of {corpus.Name}", clips) : throw new ArgumentException($"--corpus must have labelled clips of two speakers or more, but {folder?.FullName ?? corpus.Name} has those of {clips.Length}.", nameof(folder));
    }

    private static void Print(PowerReport report)
    {
        var runs = report.Config.Runs;
        Say($"{runs} {(runs == 1 ? "seed" : "seeds")} a system{(runs < 3 ? ", so that nothing is said of others" : "")}; one is right and the other wrong about {report.Discordance:P1} of the clips where they are equally good");
        foreach (var (difference, power) in report.Config.Differences.Zip(report.Power)) Say($"  a difference of {difference:0.00} in WAF is told {power,6:P1} of the time");
        if (report.Least is { } least) Say($"  told with 80 % power: a difference of {least:0.000} or more");
        else Say($"  none of these differences is told with 80 % power");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
