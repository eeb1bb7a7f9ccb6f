namespace Affect.Cli.Commands;

/// <summary><c>lab corpus mimic</c>: generates the synthetic corpus and tells what can be reached on it.</summary>
internal static class GenerateMimic
{
    internal static Command Create()
    {
        var clips = new Option<int>("--clips") { Description = "How many clips in all, at least 12.", DefaultValueFactory = _ => new MimicConfig().Clips };
        var speakers = new Option<int>("--speakers")
        {
            Description = "How many speakers at most, from 4 to 999; each speaks four clips or more.",
            DefaultValueFactory = _ => new MimicConfig().Speakers,
        };
        var seed = new Option<int>("--seed") { Description = "Decides every draw.", DefaultValueFactory = _ => new MimicConfig().Seed };
        var output = new Option<string>("--out") { Description = "The folder; an interrupted run goes on in it.", Required = true };
        var unlabelled = new Option<double>("--unlabelled") { Description = "The share of clips without a label.", DefaultValueFactory = _ => new MimicConfig().UnlabelledShare };
        var sheet = new Option<string?>("--contact-sheet") { Description = "Also draw a png of eight speakers' faces, one column an emotion." };
        var command = new Command("mimic", "Generate Mimic, the synthetic corpus of talking faces, or go on where it stopped.") { clips, speakers, seed, output, unlabelled, sheet };
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(
            parsed.GetRequiredValue(output),
            new MimicConfig { Clips = parsed.GetValue(clips), Speakers = parsed.GetValue(speakers), Seed = parsed.GetValue(seed), UnlabelledShare = parsed.GetValue(unlabelled) },
            parsed.GetValue(sheet),
            cancellation), cancellation));
        return command;
    }

    private static int Run(string output, MimicConfig config, string? sheet, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        if (sheet is not null) Mimic.DrawContactSheet(sheet, config);
        Corpus corpus;
        using (var progress = new ConsoleProgress()) corpus = Mimic.Generate(output, config, progress, cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Mimic (synthetic), version {MimicConfig.Version}, seed {config.Seed}: {corpus.Clips.Count} clips of {corpus.Speakers.Count} speakers in {corpus.Root}, {clock.Elapsed.TotalSeconds:0} s"));
        Console.WriteLine("The true emotions, those of the unlabelled part included:");
        AnsiConsole.Write(DescribeCorpus.BalanceTable(corpus, [.. corpus.Clips.Select(Mimic.TrueEmotion)]));
        Console.WriteLine("What the best rule reaches by what it sees (it reads every expression without error):");
        AnsiConsole.Write(CeilingTable(corpus));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chance (guessing by frequency): WAF {MimicCeiling.Chance:0.000}"));
        Console.WriteLine($"manifest sha256: {Mimic.ManifestHash(config)}");
        if (sheet is not null) Console.WriteLine($"faces: {sheet}");
        return 0;
    }

    private static Table CeilingTable(Corpus corpus)
    {
        var test = corpus.Part(SplitNames.Test).Clips;
        var table = new Table().NoBorder().AddColumn(new TableColumn("modalities").NoWrap());
        foreach (var column in (ReadOnlySpan<string>)["accuracy", "WAF", "UAR", "WAF on these test clips"]) table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var ceiling in MimicCeiling.All)
        {
            double[] cells = [ceiling.Accuracy, ceiling.Waf, ceiling.Uar, ceiling.OnClips(test).Waf];
            table.AddRow([ceiling.Modalities.ToString().ToLowerInvariant().Replace(",", " +", StringComparison.Ordinal), .. cells.Select(cell => cell.ToString("0.000", CultureInfo.InvariantCulture))]);
        }
        return table;
    }
}
