namespace Affect.Cli.Commands;

/// <summary><c>lab corpus mimic</c>: generates the synthetic corpus and tells what can be reached on it.</summary>
internal static class GenerateMimic
{
    internal static Command Create()
    {
        var standard = new MimicConfig();
        var command = new LabCommand("mimic", "Generate Mimic, the synthetic corpus of talking faces, or go on where it stopped.");
        var clips = command.Standard("--clips", standard.Clips, "How many clips in all, at least 12.");
        var speakers = command.Standard("--speakers", standard.Speakers, "How many speakers at most, from 4 to 999; each speaks four clips or more.");
        var seed = command.Standard("--seed", standard.Seed, "Decides every draw.");
        var output = command.Required<string>("--out", "The folder; an interrupted run goes on in it.");
        var unlabelled = command.Standard("--unlabelled", standard.UnlabelledShare, "The share of clips without a label.");
        var sheet = command.Optional<string?>("--contact-sheet", "Also draw a png of eight speakers' faces, one column an emotion.");
        return command.RunsLong(given =>
        {
            var clock = Stopwatch.StartNew();
            var config = standard with
            {
                Clips = given.Of(clips),
                Speakers = given.Of(speakers),
                Seed = given.Of(seed),
                UnlabelledShare = given.Of(unlabelled),
            };
            if (given.Of(sheet) is { } drawing) Mimic.DrawContactSheet(drawing, config);
            var corpus = Mimic.Generate(given.Of(output), config, given.Progress, given.Cancel);
            given.Progress.Dispose();
            Show(corpus, config, clock.Elapsed);
            if (given.Of(sheet) is { } drawn) Say.Result($"faces: {drawn}");
            return 0;
        });
    }

    private static void Show(Corpus corpus, MimicConfig config, TimeSpan took)
    {
        Say.Result($"Mimic (synthetic), version {MimicConfig.Version}, seed {config.Seed}: {corpus.Clips.Count} clips "
            + $"of {corpus.Speakers.Count} speakers in {corpus.Root}, {took.TotalSeconds:0} s");
        Say.Result("The true emotions, those of the unlabelled part included:");
        DescribeCorpus.ShowBalance(corpus, [.. corpus.Clips.Select(Mimic.TrueEmotion)]);
        var test = corpus.Part(SplitNames.Test).Clips;
        Say.Table(
            "What the best rule reaches by what it sees (it reads every expression without error):",
            ["modalities", "accuracy", "WAF", "UAR", "WAF on these test clips"],
            MimicCeiling.All.Select(ceiling => (string[])
            [
                ceiling.Modalities.ToString().ToLowerInvariant().Replace(",", " +", StringComparison.Ordinal),
                .. ((double[])[ceiling.Accuracy, ceiling.Waf, ceiling.Uar, ceiling.OnClips(test).Waf]).Select(score => $"{score:0.000}"),
            ]));
        Say.Result($"chance (guessing by frequency): WAF {MimicCeiling.Chance:0.000}");
        Say.Result($"manifest sha256: {Mimic.ManifestHash(config)}");
    }
}
