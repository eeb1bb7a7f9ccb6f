namespace Affect.Cli.Commands;

/// <summary>
/// <c>lab bench recipes</c>: a small search over epochs and rates of adapting and over losses of alignment, on a Mimic of another seed than
/// results are reported on. The bottlenecks' rate was chosen by it.
/// </summary>
internal static class BenchRecipes
{
    private const string Encoder = "mimic-hubert";

    internal static Command Create()
    {
        var command = new LabCommand("recipes", "Try epochs and rates of adapting and losses of alignment on a Mimic that nothing is reported on.");
        var clips = command.Standard("--clips", 960, "Clips of the Mimic to choose on");
        var seed = command.Standard("--seed", 2, "Its seed, 2 or more: notebooks report on that of seed 1");
        var folds = command.Standard("--folds", 3, "Outer folds, 3 or more");
        var epochs = command.Several("--epochs", "Passes to try", 3, 5, 8, 10, 15);
        var rates = command.Several("--rates", "Learning rates to try of every method but frozen", 5e-4, 1e-3, 2e-3, 4e-3);
        var methods = command.Several(
            "--methods", $"Ways of adapting to try: {string.Join(", ", Laboratory.WaysOfAdapting)}", "frozen", "bottleneck");
        methods.AcceptOnlyFromAmong([.. Laboratory.WaysOfAdapting]);
        var only = command.Optional<string?>("--only", "adapting or aligning; by default both");
        only.AcceptOnlyFromAmong("adapting", "aligning");
        var output = command.Optional<FileInfo?>("--out", "Write what adapting scores to this csv file, row by row as it is found");
        return command.RunsLong(given =>
        {
            var lab = new Laboratory(progress: given.Progress);
            var corpus = lab.Open(Laboratory.MimicName, given.Of(clips), Require.AtLeast(2, given.Of(seed), "--seed"), given.Cancel);
            var heard = lab.Hear(corpus, Encoder, cancel: given.Cancel);
            if (given.Of(only) != "aligning")
            {
                using var tries = lab.Adapt(corpus, Encoder);
                var asked = from passes in given.Of(epochs)
                            from method in given.Of(methods)
                            from rate in method == "frozen" ? [null] : given.Of(rates).Select(rate => (double?)rate)
                            select (method, passes, rate);
                var chooser = new LayerChooser(heard, corpus) { NormalisesSpeakers = true };
                Adapting(chooser, tries, given.Of(folds), asked, given.Of(output)?.FullName, given.Cancel);
            }
            if (given.Of(only) != "adapting") Aligning(lab, corpus, heard, given.Of(folds), given.Progress, given.Cancel);
            return 0;
        });
    }

    private static void Adapting(
        LayerChooser chooser, Adaptations tries, int folds, IEnumerable<(string, int, double?)> asked, string? output, CancellationToken cancel)
    {
        var found = new List<string> { "method,epochs,rate,inner_waf,outer_waf,low,high,speakers" };
        var rows = new List<string[]>();
        foreach (var (method, passes, rate) in asked)
        {
            var run = tries.Run(fold => Change(Laboratory.Recipe(method, chooser.For(fold))), folds: folds, cancel: cancel);
            var score = Decisions.Score([run.Decided]);
            rows.Add([method, $"{passes}", $"{rate}", $"{run.InnerWaf:0.000}", $"{score}"]);
            found.Add($"{method},{passes},{rate},{run.InnerWaf:0.0000},{score.Value:0.0000},{score.Low:0.0000},{score.High:0.0000},{score.Speakers}");
            if (output is not null) AtomicFile.WriteText(output, string.Join('\n', found) + "\n");

            AdaptationConfig Change(AdaptationConfig config) => config with
            {
                NormalisesSpeakers = true,
                CropSeconds = 1.2,
                Masking = config.Masking with { Epochs = 0 },
                Training = config.Training with { Epochs = passes, LearningRate = rate ?? config.Training.LearningRate },
            };
        }
        Say.Table("Adapting", ["method", "epochs", "rate", "WAF, inner", "WAF, outer"], rows);
    }

    private static void Aligning(
        Laboratory lab, Corpus corpus, FeatureTable heard, int folds, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var study = new AlignmentStudy(corpus, lab.Look(corpus, "mimic-clip", cancel: cancel)) { Progress = progress };
        var fractions = new FractionConfig { Seeds = [1], Fractions = [0.05, 0.1, 0.5] };
        var rows = from teacher in (ITeacher[])[new PerfectTeacher(corpus), new FrozenTeacher(Encoder, heard)]
                   from loss in AlignmentLoss.All
                   from centred in (bool[])[false, true]
                   let config = new AlignmentConfig { Loss = loss, CentresSpeakers = centred }
                   select (string[])[teacher.Name, loss.Name, centred ? "yes" : "no", .. Gains(teacher, config)];
        string[] columns = ["teacher", "loss", "speakers centred", .. fractions.Fractions.Select(share => $"{share:0 %}")];
        Say.Table("Aligning: WAF aligned less as they are", columns, rows);

        IEnumerable<string> Gains(ITeacher teacher, AlignmentConfig config) =>
            study.Run(teacher, config, null, fractions, draw => corpus.OuterFolds(folds, draw), cancel: cancel)
                .GainSummary.Select(gain => $"{gain.Difference}");
    }
}
