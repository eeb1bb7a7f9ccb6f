namespace Affect.Cli.Commands;

/// <summary><c>lab fuse</c>: train a fusion of several modalities' features, and see what is left when some are missing.</summary>
internal static class FuseCommand
{
    internal static Command Create()
    {
        var standard = new FusionTrainingConfig();
        var corpus = new Option<string>("--corpus") { Description = "mimic, or a manifest or folder of clips", DefaultValueFactory = _ => Laboratory.MimicName };
        var clips = new Option<int>("--clips") { Description = "Clips of Mimic", DefaultValueFactory = _ => 960 };
        var acoustic = new Option<string>("--acoustic") { Description = "Encoder of sound: a checkpoint's name or folder, mfcc, or random:FOLDER; none: without", DefaultValueFactory = _ => "mimic-hubert" };
        var visual = new Option<string>("--visual") { Description = "Encoder of pictures: a CLIP's name or folder; none: without", DefaultValueFactory = _ => "mimic-clip" };
        var adapted = new Option<string?>("--adapter") { Description = "What 'lab adapt --out' wrote of the encoder of sound; by default it stays frozen; speakers are normalised before its head where they were in training. Needs --judge test, since it has learned from the labels of all others" };
        var aligner = new Option<string?>("--aligner") { Description = "What 'lab align --out' wrote of the encoder of pictures; by default frame features alone. Needs --judge test, as --adapter" };
        var lexical = new Option<string>("--lexical") { Description = "Encoder of transcripts: a BERT's name or folder; none: without", DefaultValueFactory = _ => "mimic-bert" };
        var fusion = new Option<string>("--fusion") { Description = $"How modalities are fused: {FusionChoice.Help}", DefaultValueFactory = _ => standard.Fusion.Name };
        fusion.AcceptOnlyFromAmong([.. FusionChoice.All.Select(choice => choice.Name)]);
        var width = new Option<int>("--width") { Description = "The size of each modality's embedding", DefaultValueFactory = _ => standard.HiddenSize };
        var dropout = new Option<double>("--dropout") { Description = "The probability that training takes a whole modality away", DefaultValueFactory = _ => standard.ModalityDropout };
        var featureDropout = new Option<double>("--feature-dropout") { Description = "Dropout of single features in training", DefaultValueFactory = _ => standard.Dropout };
        var weigh = new Option<bool>("--weigh-classes") { Description = "Let rare emotions weigh as much as frequent ones in the loss" };
        var folds = new Option<int>("--folds") { Description = "Speaker-disjoint folds", DefaultValueFactory = _ => standard.Folds };
        var part = new Option<string>("--judge") { Description = "all: every labelled clip once, by outer folds over all labelled speakers; test: the corpus's own test part, by the mean of the folds", DefaultValueFactory = _ => "all" };
        part.AcceptOnlyFromAmong("all", "test");
        var normalise = new Option<string[]>("--normalise") { Description = "Modalities whose features are brought to mean 0 and deviation 1 for each speaker, as in acoustic visual (uses all labelled clips of a speaker, but no label)", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
        var seeds = new Option<int[]>("--seeds") { Description = "Seeds; each trains every fold anew", DefaultValueFactory = _ => [.. standard.Seeds], AllowMultipleArgumentsPerToken = true };
        var epochs = new Option<int>("--epochs") { Description = "Epochs at most", DefaultValueFactory = _ => standard.Training.Epochs };
        var rate = new Option<double>("--rate") { Description = "Learning rate", DefaultValueFactory = _ => standard.Training.LearningRate };
        var choose = new Option<string>("--choose") { Description = "What the epoch is chosen by on held clips: complete ones, or the mean over all subsets of their modalities", DefaultValueFactory = _ => "complete" };
        choose.AcceptOnlyFromAmong("complete", "subsets");
        var subsets = new Option<bool>("--train-subsets") { Description = "Train every subset of the modalities too: each alone, and the pairs" };
        var output = new Option<string>("--out") { Description = "The run's folder: record, decisions, trained folds; an interrupted run goes on there", Required = true };
        var cache = new Option<string?>("--cache") { Description = "Folder for generated clips and features, kept between runs; by default .cache beside lab" };
        var device = DeviceChoice.Option();
        var system = new Option<string?>("--system") { Description = "Write the trained system, encoders included, into this folder for 'lab predict'" };
        var command = new Command("fuse", "Train a fusion by outer folds and seeds; report on clips of unseen speakers, also with modalities missing.")
        {
            corpus, clips, acoustic, adapted, visual, aligner, lexical, fusion, width, dropout, featureDropout, weigh, folds, part, normalise, seeds, epochs, rate, choose, subsets, device, output, system, cache,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var config = standard with
                {
                    Fusion = FusionChoice.Parse(parsed.GetRequiredValue(fusion)),
                    HiddenSize = parsed.GetValue(width),
                    ModalityDropout = parsed.GetValue(dropout),
                    Dropout = parsed.GetValue(featureDropout),
                    WeighsClasses = parsed.GetValue(weigh),
                    Folds = parsed.GetValue(folds),
                    JudgesTest = parsed.GetValue(part) == "test",
                    NormalisesSpeakersOf = parsed.GetValue(normalise) ?? [],
                    Seeds = parsed.GetRequiredValue(seeds),
                    Training = standard.Training with { Epochs = parsed.GetValue(epochs), LearningRate = parsed.GetValue(rate), Criterion = parsed.GetValue(choose) == "subsets" ? FusionTrainingConfig.OverSubsets : standard.Training.Criterion },
                };
                HasMetNobody(parsed.GetValue(adapted), "--adapter", config);
                HasMetNobody(parsed.GetValue(aligner), "--aligner", config);
                var where = DeviceChoice.Of(parsed.GetValue(device));
                OutputFolder.Check(parsed.GetValue(output), "--out");
                OutputFolder.Check(parsed.GetValue(system), "--system");
                if (parsed.GetValue(system) is not null && config.NormalisesSpeakersOf.Count > 0)
                    throw new ArgumentException("--system judges single clips of people it does not know, so it must be trained without --normalise, but both are given.", nameof(parsed));
                using var progress = new ConsoleProgress();
                Belongs(parsed.GetValue(adapted), "--adapter", parsed.GetValue(acoustic), "--acoustic");
                Belongs(parsed.GetValue(aligner), "--aligner", parsed.GetValue(visual), "--visual");
                var laboratory = new Laboratory(cache: parsed.GetValue(cache), progress: progress);
                var loader = new ModalityLoader(laboratory, progress);
                var opened = CorpusWarnings.Tell(laboratory.Open(parsed.GetRequiredValue(corpus), parsed.GetValue(clips), cancel: ct));
                using var sources = new SourceList(loader.Open(
                    Wanted(parsed.GetValue(acoustic)), Wanted(parsed.GetValue(visual)), Wanted(parsed.GetValue(lexical)), parsed.GetValue(adapted), parsed.GetValue(aligner)));
                if (parsed.GetValue(system) is not null && sources.All.OfType<AcousticSource>().Any(source => source.NormalisesSpeakers))
                    throw new ArgumentException($"--system judges single clips of people it does not know, but --adapter {parsed.GetValue(adapted)} normalises speakers, by all clips of each; take one that was adapted without --normalise.", nameof(parsed));
                if (parsed.GetValue(adapted) is { } adapter) LearnedFrom.RefuseTest(AdaptedEncoder.LearnedOf(adapter), $"--adapter {adapter}", opened, ct);
                if (parsed.GetValue(aligner) is { } control && VisualAligner.IsControlOf(control))
                    throw new ArgumentException($"--aligner {control} had a perfect teacher, a control for measuring only, which knew what no network could; align by --teacher adapted or frozen.", nameof(parsed));
                if (parsed.GetValue(aligner) is { } network) LearnedFrom.RefuseTest(VisualAligner.TaughtOf(network), $"--aligner {network}", opened, ct);
                var data = loader.Read(opened, sources.All, ct);
                if (config.NormalisesSpeakersOf.Count > 0) CorpusWarnings.TellAlone([.. data.Labelled.Select(clip => data.Corpus.Clips[clip].Speaker)]);
                foreach (var (clip, reason) in data.Missing) Console.Error.WriteLine($"left out: {clip}: {reason}");
                Run(config, data, where, parsed.GetRequiredValue(output), parsed.GetValue(subsets), SettingsFile.Merged(parsed), progress, ct);
                if (parsed.GetValue(system) is { } place) sources.SaveSystem(place, loader.Store, data, config, parsed.GetRequiredValue(output));
                return data.Missing.Count > 0 ? 1 : 0;
            },
            CancellationToken.None));
        return command;
    }

    private static string? Wanted(string? name) => name is null or "" or "none" ? null : name;

    private static void Belongs(string? folder, string option, string? encoder, string needed)
    {
        if (folder is not null && Wanted(encoder) is null) throw new ArgumentException($"{option} {folder} needs the encoder that it was trained on, but {needed} is '{encoder}'.", option);
    }

    // It was made once for all folds.
    private static void HasMetNobody(string? folder, string option, FusionTrainingConfig config)
    {
        if (folder is not null && !config.JudgesTest)
            throw new ArgumentException($"{option} {folder} has learned from speakers that --judge all would judge, and the score would be a leak; take --judge test.", option);
    }

    private static void Run(FusionTrainingConfig config, FusionData data, Device device, string folder, bool trainsSubsets, object settings, ConsoleProgress progress, CancellationToken ct)
    {
        var sets = trainsSubsets ? ModalitySubset.All(data.Modalities) : [ModalitySubset.All(data.Modalities)[^1]];
        var runs = sets.Select(set => FusionTraining.Run(config, data.Select(set.Names), folder, device, progress, cancel: ct)).ToArray();
        using (var log = RunLog.Open(folder))
        {
            // Anew each time: a run that was killed here has left a part, and one with further seeds or subsets has more to say.
            log.Clear();
            log.Start($"Fusing {data.Corpus.Name}: {config.Variant}", new { Settings = settings, Config = config.ToString(), Sources = data.Features.Select(features => $"{features.Modality}: {features.Source}") });
            foreach (var result in runs.SelectMany(run => run.Results(data.Corpus))) log.WriteResult(result);
            log.Write("end", new { Results = runs.Length });
        }
        Show(runs, data);
    }

    private static void Show(FusionRun[] runs, FusionData data)
    {
        var judged = runs[0].Decided[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{judged.Clips.Count} {(runs[0].Config.JudgesTest ? "test" : "labelled")} clips of {judged.Speakers.Distinct().Count()} speakers{(data.Corpus.IsSynthetic ? ", synthetic" : "")}; WAF over {runs[0].Seeds.Count} seeds, 95 % interval by speaker; chance {ChanceLevel.Of(judged.Target, data.Corpus.Emotions.Count).Waf:0.000}"));
        foreach (var run in runs)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"trained on {string.Join(" + ", run.Modalities)} ({run.Config.Variant}); {run.Held:0.000} on the clips that epochs were chosen by (choose settings by this, not by what follows):"));
            foreach (var subset in ModalitySubset.All(run.Modalities))
            {
                var ceiling = FusionRun.CeilingOf(data.Corpus, subset.Names) is { } best ? string.Create(CultureInfo.InvariantCulture, $", ceiling {best:0.000}") : "";
                Console.WriteLine($"  shown {subset}: {Decisions.Score(run.Shown(subset))}{ceiling}");
            }
        }
    }
}
