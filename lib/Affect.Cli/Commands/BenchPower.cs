namespace Affect.Cli.Commands;

/// <summary><c>lab bench power</c>: which difference in WAF a corpus can tell.</summary>
internal static class BenchPower
{
    internal static Command Create()
    {
        var plain = new SimulatedWorld();
        var command = new LabCommand("power", "Simulate which difference in WAF between two systems a corpus of so many speakers can tell.");
        var corpus = command.Optional<DirectoryInfo?>("--corpus", "A corpus with a manifest; by default the plan of Mimic");
        var decisions = command.Several<FileInfo>("--decisions", "Two csv files of decisions on the same clips, to measure the four below from");
        var accuracy = command.Standard("--accuracy", plain.Accuracy, "Share of right decisions, 0.01 to 0.99");
        var agreement = command.Standard("--agreement", 0.85, "Share of what decides about a clip that both systems have in common, 0 to 1");
        var spread = command.Standard("--speaker-spread", plain.SpeakerSpread, "How much speakers differ to both systems, where clips do by 1");
        var own = command.Standard("--system-spread", 0.1, "How much speakers differ to one system alone");
        var seeds = command.Several("--seeds", "Runs of each system, one question each; fewer than three cover no other seeds", 1, 3, 5, 10);
        var seedSpread = command.Standard("--seed-spread", 0.02, "How much runs of one system differ as wholes; 0.02 is about 0.007 in WAF");
        var repeats = command.Standard("--repeats", 500, "Worlds for each difference");
        return command.RunsLong(given =>
        {
            var files = given.Of(decisions);
            foreach (var assumed in (Option[])[accuracy, agreement, spread, own])
                given.Refuse(assumed, files.Length == 0, "is measured from --decisions");
            if (files.Length is not (0 or 2)) throw Given.Wrong(decisions, $"must name two files, of two systems, but names {files.Length}.");
            var isOfFiles = files.Length > 0 && given.Of(corpus) is null;
            var (name, counted) = isOfFiles ? ("the clips of the two files", null) : Counted(given.Of(corpus), corpus);
            var world = files.Length == 2
                ? MeasuredWorld.Of(Decisions.Load(files[0].FullName), Decisions.Load(files[1].FullName))
                : plain with
                {
                    Accuracy = given.Of(accuracy),
                    Agreement = given.Of(agreement),
                    SpeakerSpread = given.Of(spread),
                    SystemSpread = given.Of(own),
                };
            world = world with { RunSpread = given.Of(seedSpread), Clips = counted ?? world.Clips };
            // All at once: a wrong number is told before the work.
            PowerConfig[] asked = [.. given.Of(seeds).Select(count => new PowerConfig { World = world, Runs = count, Repeats = given.Of(repeats) })];
            var (fewest, most) = (world.Clips.Min(), world.Clips.Max());
            Say.Result($"{name}: {world.Clips.Sum()} clips of {world.Clips.Count} speakers ({fewest} to {most} each), all scored (outer folds)");
            Say.Result($"assumed: right decisions {world.Accuracy:0.00}; spread of speakers {world.SpeakerSpread:0.00} for both systems and "
                + $"{world.SystemSpread:0.00} for one, of seeds {world.RunSpread:0.00}, where that of clips is 1; agreement {world.Agreement:0.00}");
            foreach (var config in asked)
            {
                var report = PowerSimulation.Run(config, given.Progress, given.Cancel);
                given.Progress.Dispose();
                Show(report);
            }
            return 0;
        });
    }

    // The labelled clips are those that outer folds by speaker score.
    private static (string Name, IReadOnlyList<int>? Clips) Counted(DirectoryInfo? folder, Option option)
    {
        var corpus = folder is null ? Mimic.Plan(new MimicConfig()) : Manifest.Read(Path.Combine(folder.FullName, Manifest.FileName));
        var labelled = corpus.Clips.Where(clip => clip.Emotion is not null);
        int[] clips = [.. labelled.CountBy(clip => clip.Speaker).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value)];
        if (clips.Length > 1) return ($"the labelled clips of {corpus.Name}", clips);
        throw Given.Wrong(option, $"must have labelled clips of two speakers or more, but {corpus.Name} has those of {clips.Length}.");
    }

    private static void Show(PowerReport report)
    {
        var runs = report.Config.Runs;
        Say.Result($"{runs} {(runs == 1 ? "seed" : "seeds")} a system{(runs < 3 ? ", so that nothing is said of others" : "")}; "
            + $"one is right and the other wrong about {report.Discordance:P1} of the clips where they are equally good");
        foreach (var (difference, power) in report.Config.Differences.Zip(report.Power))
            Say.Result($"  a difference of {difference:0.00} in WAF is told {power,6:P1} of the time");
        if (report.Least is { } least) Say.Result($"  told with 80 % power: a difference of {least:0.000} or more");
        else Say.Result("  none of these differences is told with 80 % power");
    }
}
