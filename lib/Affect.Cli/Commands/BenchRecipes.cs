namespace Affect.Cli.Commands;

/// <summary>
/// <c>lab bench recipes</c>: a small search over epochs and rates of adapting and over losses of alignment, on a Mimic of another seed than results are reported
/// on. The bottlenecks' rate was chosen by it.
/// </summary>
internal static class BenchRecipes
{
    private static readonly AlignmentKind[] Losses = [AlignmentKind.MeanSquaredError, AlignmentKind.Cosine, AlignmentKind.SoftContrastive, AlignmentKind.Contrastive];

    internal static Command Create()
    {
        var clips = new Option<int>("--clips") { Description = "Clips of the Mimic to choose on", DefaultValueFactory = _ => 960 };
        var seed = new Option<int>("--seed") { Description = "Its seed, 2 or more: notebooks report on that of seed 1", DefaultValueFactory = _ => 2 };
        var folds = new Option<int>("--folds") { Description = "Outer folds, 3 or more", DefaultValueFactory = _ => 3 };
        var epochs = new Option<int[]>("--epochs") { Description = "Passes to try", DefaultValueFactory = _ => [3, 5, 8, 10, 15], AllowMultipleArgumentsPerToken = true };
        var rates = new Option<double[]>("--rates") { Description = "Learning rates to try of every method but frozen", DefaultValueFactory = _ => [5e-4, 1e-3, 2e-3, 4e-3], AllowMultipleArgumentsPerToken = true };
        var methods = new Option<string[]>("--methods") { Description = $"Ways of adapting to try: {string.Join(", ", Laboratory.WaysOfAdapting)}", DefaultValueFactory = _ => ["frozen", "bottleneck"], AllowMultipleArgumentsPerToken = true };
        methods.AcceptOnlyFromAmong([.. Laboratory.WaysOfAdapting]);
        var only = new Option<string?>("--only") { Description = "adapting or aligning; by default both" };
        only.AcceptOnlyFromAmong("adapting", "aligning");
        var output = new Option<FileInfo?>("--out") { Description = "Write what adapting scores to this csv file, row by row as it is found" };
        var command = new Command("recipes", "Try epochs and rates of adapting and losses of alignment on a Mimic that nothing is reported on.") { clips, seed, folds, epochs, rates, methods, only, output };
        command.SetAction((parsed, cancel) =>
        {
            using var progress = new ConsoleProgress();
            var lab = new Laboratory(progress: progress);
            var corpus = lab.Open("mimic", parsed.GetValue(clips), Require.AtLeast(2, parsed.GetValue(seed), "--seed"), cancel);
            var heard = lab.Hear(corpus, "mimic-hubert", cancel: cancel);
            using var tries = lab.Adapt(corpus, "mimic-hubert");
            if (parsed.GetValue(only) != "aligning") Adapting(corpus, heard, tries, parsed.GetValue(folds), parsed.GetValue(methods)!, parsed.GetValue(epochs)!, parsed.GetValue(rates)!, parsed.GetValue(output)?.FullName, cancel);
            if (parsed.GetValue(only) != "adapting") Aligning(lab, corpus, heard, parsed.GetValue(folds), progress, cancel);
            return Task.FromResult(0);
        });
        return command;
    }

    private static void Adapting(Corpus corpus, FeatureTable heard, Adaptations tries, int folds, string[] methods, int[] epochs, double[] rates, string? output, CancellationToken cancel)
    {
        var found = new List<string> { "method,epochs,rate,inner_waf,outer_waf,low,high,speakers" };
        var chooser = new LayerChooser(heard, corpus) { NormalisesSpeakers = true };
        var table = new Table().Border(TableBorder.Simple).Title($"Adapting, {corpus.Name}").AddColumns("method", "epochs", "rate", "WAF, inner", "WAF, outer");
        foreach (var passes in epochs)
        {
            foreach (var method in methods)
            {
                if (method == "frozen") Row(method, passes, null);
                else foreach (var rate in rates) Row(method, passes, rate);
            }
        }
        AnsiConsole.Write(table);

        void Row(string method, int passes, double? rate)
        {
            var run = tries.Run(fold => Change(Laboratory.Recipe(method, chooser.For(fold))), folds: folds, cancel: cancel);
            var score = Decisions.Score([run.Decided]);
            table.AddRow(method, Text($"{passes}"), rate is null ? "" : Text($"{rate}"), Text($"{run.InnerWaf:0.000}"), Markup.Escape($"{score}"));
            found.Add(Text($"{method},{passes},{rate},{run.InnerWaf:0.0000},{score.Value:0.0000},{score.Low:0.0000},{score.High:0.0000},{score.Speakers}"));
            if (output is not null) AtomicFile.WriteText(output, string.Join('\n', found) + "\n");

            AdaptationConfig Change(AdaptationConfig config) => config with
            {
                NormalisesSpeakers = true,
                CropSeconds = 1.2,
                Masking = config.Masking with { Epochs = 0 },
                Training = config.Training with { Epochs = passes, LearningRate = rate ?? config.Training.LearningRate },
            };
        }
    }

    private static void Aligning(Laboratory lab, Corpus corpus, FeatureTable heard, int folds, IProgress<WorkProgress> progress, CancellationToken cancel)
    {
        var study = new AlignmentStudy(corpus, lab.Look(corpus, "mimic-clip", cancel: cancel)) { Progress = progress };
        var fractions = new FractionConfig { Seeds = [1], Fractions = [0.05, 0.1, 0.5] };
        var table = new Table().Border(TableBorder.Simple).Title($"Aligning: WAF aligned less as they are, {corpus.Name}").AddColumns("teacher", "loss", "speakers centred").AddColumns([.. fractions.Fractions.Select(share => Text($"{share:0 %}"))]);
        foreach (var teacher in (ITeacher[])[new PerfectTeacher(corpus), new FrozenTeacher("mimic-hubert", heard)])
            foreach (var loss in Losses)
                foreach (var centred in (bool[])[false, true])
                {
                    var gains = study.Run(teacher, new AlignmentConfig { Kind = loss, CentresSpeakers = centred }, null, fractions, draw => corpus.OuterFolds(folds, draw), cancel: cancel).GainSummary;
                    table.AddRow([Markup.Escape(teacher.Name), $"{loss}", centred ? "yes" : "no", .. gains.Select(gain => Markup.Escape($"{gain.Difference}"))]);
                }
        AnsiConsole.Write(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
