namespace Affect.Cli.Commands;

/// <summary><c>lab fuse</c>: train a fusion of several modalities' features, and see what is left when some are missing.</summary>
internal static class FuseCommand
{
    internal static Command Create()
    {
        var standard = new FusionTrainingConfig();
        var command = new LabCommand("fuse", "Train a fusion by outer folds and seeds; report on unseen speakers, also with modalities missing.");
        var corpus = new CorpusOptions(command, mayBeMimic: true);
        var acoustic = command.Acoustic("--acoustic", "The encoder of sound, or none: without. ");
        var adapter = command.Optional<string?>(
            "--adapter",
            "What 'lab adapt --out' wrote of the encoder of sound. Needs --judge test, since it has learned from the labels of all others");
        var visual = command.Visual("; none: without");
        var aligner = command.Optional<string?>(
            "--aligner", "What 'lab align --out' wrote of the encoder of pictures. Needs --judge test, as --adapter");
        var lexical = command.Standard("--lexical", "mimic-bert", "Encoder of transcripts: a BERT's name or folder; none: without");
        var fusion = command.Choice(
            "--fusion", standard.Fusion.Name, $"How modalities are fused: {FusionChoice.Help}",
            [.. FusionChoice.All.Select(choice => (choice.Name, choice))]);
        var width = command.Standard("--width", standard.HiddenSize, "The size of each modality's embedding");
        var dropout = command.Standard("--dropout", standard.ModalityDropout, "The probability that training takes a whole modality away");
        var featureDropout = command.Standard("--feature-dropout", standard.Dropout, "Dropout of single features in training");
        var weigh = command.Optional<bool>("--weigh-classes", "Let rare emotions weigh as much as frequent ones in the loss");
        var folds = command.Folds(standard.Folds);
        var part = command.Word(
            "--judge", "all", "all: every labelled clip once, by outer folds; test: the corpus's test part, by the mean of the folds", "all", "test");
        var normalise = command.Several<string>(
            "--normalise", "Modalities whose features are brought to mean 0 and deviation 1 for each speaker, as in acoustic visual");
        var seeds = command.Seeds("--seeds", "Seeds; each trains every fold anew", [.. standard.Seeds]);
        var epochs = command.Standard("--epochs", standard.Training.Epochs, "Epochs at most");
        var rate = command.Standard("--rate", standard.Training.LearningRate, "Learning rate");
        var choose = command.Word(
            "--choose", "complete", "What epochs are chosen by: complete clips, or the mean over subsets of their modalities", "complete", "subsets");
        var subsets = command.Optional<bool>("--train-subsets", "Train every subset of the modalities too: each alone, and the pairs");
        var device = command.Device();
        var output = command.Folder(
            "--out", "The run's folder: record, decisions, trained folds; an interrupted run goes on there", isRequired: true);
        var system = command.Folder("--system", "Write the trained system, encoders included, into this folder for 'lab predict'");
        var cache = command.Cache();
        return command.RunsLong(given =>
        {
            var config = standard with
            {
                Fusion = given.Of(fusion)!,
                HiddenSize = given.Of(width),
                ModalityDropout = given.Of(dropout),
                Dropout = given.Of(featureDropout),
                WeighsClasses = given.Of(weigh),
                Folds = given.Of(folds),
                JudgesTest = given.Of(part) == "test",
                NormalisesSpeakersOf = given.Of(normalise),
                Seeds = given.Of(seeds),
                Training = standard.Training with
                {
                    Epochs = given.Of(epochs),
                    LearningRate = given.Of(rate),
                    Criterion = given.Of(choose) == "subsets" ? FusionTrainingConfig.OverSubsets : standard.Training.Criterion,
                },
            };
            var (adapted, aligned) = (given.Of(adapter), given.Of(aligner));
            var (sound, pictures, words) = (Wanted(given.Of(acoustic)), Wanted(given.Of(visual)), Wanted(given.Of(lexical)));
            foreach (var (option, made, needed, encoder) in ((Option, string?, Option, string?)[])
                [(adapter, adapted, acoustic, sound), (aligner, aligned, visual, pictures)])
            {
                if (made is null) continue;
                // It was made once for all folds.
                if (!config.JudgesTest)
                    throw Given.Wrong(option, $"{made} has learned from speakers that --judge all would judge: a leak; take --judge test.");
                if (encoder is null)
                    throw Given.Wrong(option, $"{made} needs the encoder that it was trained on, but {needed.Name} is 'none'.");
            }
            var (where, folder, place) = (given.Of(device), given.Of(output)!, given.Of(system));
            if (place is not null && config.NormalisesSpeakersOf.Count > 0)
                throw Given.Wrong(system, "judges single clips of strangers, so it must be trained without --normalise, but both are given.");
            var lab = new Laboratory(cache: given.Of(cache), progress: given.Progress);
            var loader = new ModalityLoader(lab, given.Progress);
            var opened = corpus.Open(given, lab);
            var sources = loader.Open(sound, pictures, words, adapted, aligned);
            try
            {
                if (place is not null && sources.OfType<AcousticSource>().Any(source => source.NormalisesSpeakers))
                    throw Given.Wrong(system, $"judges single clips, but --adapter {adapted} normalises speakers, by all clips of each.");
                if (adapted is not null) LearnedFrom.RefuseTest(AdaptedEncoder.LearnedOf(adapted), $"--adapter {adapted}", opened, given.Cancel);
                if (aligned is not null && VisualAligner.IsControlOf(aligned))
                    throw Given.Wrong(aligner, $"{aligned} had a perfect teacher, a control for measuring; take --teacher adapted or frozen.");
                if (aligned is not null) LearnedFrom.RefuseTest(VisualAligner.TaughtOf(aligned), $"--aligner {aligned}", opened, given.Cancel);
                var data = loader.Read(opened, sources, given.Cancel);
                if (config.NormalisesSpeakersOf.Count > 0) CorpusWarnings.TellAlone(data.Labelled.Select(clip => data.Corpus.Clips[clip]));
                foreach (var (clip, reason) in data.Missing) Say.Note($"left out: {clip}: {reason}");
                var sets = ModalitySubset.All(data.Modalities);
                FusionRun[] runs =
                [
                    .. sets.Skip(given.Of(subsets) ? 0 : sets.Count - 1)
                        .Select(set => FusionTraining.Run(config, data.Select(set.Names), folder, where, given.Progress, cancel: given.Cancel)),
                ];
                Record(runs, data, folder, given.Settings);
                given.Progress.Dispose();
                Show(runs, data);
                if (place is not null) SaveSystem(place, sources, loader.Store, data, config, folder);
                return data.Missing.Count > 0 ? 1 : 0;
            }
            finally
            {
                foreach (var source in sources) source.Dispose();
            }
        });
    }

    private static string? Wanted(string name) => name is "" or "none" ? null : name;

    private static void Record(FusionRun[] runs, FusionData data, string folder, object settings)
    {
        using var log = RunLog.Open(folder);
        // Anew each time: a run that was killed here has left a part, and one with further seeds or subsets has more to say.
        log.Clear();
        var (config, sources) = (runs[0].Config, data.Features.Select(features => $"{features.Modality}: {features.Source}"));
        log.Start($"Fusing {data.Corpus.Name}: {config.Variant}", new { Settings = settings, Config = config.ToString(), Sources = sources });
        foreach (var result in runs.SelectMany(run => run.Results(data.Corpus))) log.WriteResult(result);
        log.Write("end", new { Results = runs.Length });
    }

    // Sources and the first seed's trained folds, as a system that predicts.
    private static void SaveSystem(
        string folder, IReadOnlyList<IModalitySource> sources, string store, FusionData data, FusionTrainingConfig config, string runFolder)
    {
        var clips = data.Labelled.Select(clip => data.Corpus.Clips[clip]).Where(clip => !config.JudgesTest || clip.Split != SplitNames.Test);
        var learned = clips.Select(clip => clip.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var source in sources.OfType<VisualSource>()) source.LearnPictures(data.Corpus.Where(clip => learned.Contains(clip.Id)), store);
        var members = Enumerable.Range(0, config.Folds).Select(fold => FusionTraining.FolderOf(runFolder, data.Modalities, config.Seeds[0], fold));
        using var system = new EmotionSystem(data.Corpus.Name, data.Corpus.IsSynthetic, sources, [.. members]) { OwnsSources = false };
        system.Save(folder);
        Say.Result($"The system: {Path.GetFullPath(folder)}; try 'lab predict CLIP --system {folder}'");
    }

    private static void Show(FusionRun[] runs, FusionData data)
    {
        var judged = runs[0].Decided[0];
        var chance = ChanceLevel.Of(judged.Target, data.Corpus.Emotions.Count).Waf;
        var kind = $"{(runs[0].Config.JudgesTest ? "test" : "labelled")} clips of {judged.Speakers.Distinct().Count()} speakers";
        Say.Result($"{judged.Clips.Count} {kind}{(data.Corpus.IsSynthetic ? ", synthetic" : "")}; "
            + $"WAF over {runs[0].Seeds.Count} seeds, 95 % interval by speaker; chance {chance:0.000}");
        foreach (var run in runs)
        {
            Say.Result($"trained on {string.Join(" + ", run.Modalities)} ({run.Config.Variant}); "
                + $"{run.Held:0.000} on the clips that epochs were chosen by (choose settings by this, not by what follows):");
            foreach (var subset in ModalitySubset.All(run.Modalities))
            {
                var ceiling = FusionRun.CeilingOf(data.Corpus, subset.Names) is { } best ? $", ceiling {best:0.000}" : "";
                Say.Result($"  shown {subset}: {Decisions.Score(run.Shown(subset))}{ceiling}");
            }
        }
    }
}
