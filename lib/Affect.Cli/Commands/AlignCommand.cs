namespace Affect.Cli.Commands;

/// <summary><c>lab align</c>: bring what pictures show near what a teacher hears, and measure what that does.</summary>
internal static class AlignCommand
{
    internal static Command Create()
    {
        var standard = new AlignmentConfig();
        var command = new LabCommand(
            "align", "Align pictures with a teacher's vectors on clips without labels; report retrieval, CKA, and probes by share of labels.");
        var corpus = new CorpusOptions(command, mayBeMimic: true);
        var visual = command.Visual();
        var teacher = command.Word(
            "--teacher", "adapted",
            "The encoder of sound adapted in every fold or frozen; perfect: what the manifest says is expressed, a control for measuring",
            "adapted", "frozen", "perfect");
        var column = command.Standard("--column", PerfectTeacher.Face, "The manifest's column that the perfect teacher reads");
        var strict = command.Optional<bool>(
            "--strict", "Let the teacher use no label but those that the probe has at each share; by default it has seen all of the fold");
        var acoustic = command.Acoustic();
        var layer = command.Optional<int?>("--layer", "The frozen sound's layer; by default the one that a probe reads best");
        var features = command.Optional<string?>(
            "--acoustic-features", "A store of sound instead of a teacher, as of 'lab extract --adapted'; its last layer unless --layer names one");
        var rate = command.PicturesPerSecond();
        var names = string.Join(", ", AlignmentLoss.All.Select(loss => loss.Name));
        var kind = command.Choice("--loss", standard.Loss.Name, names, [.. AlignmentLoss.All.Select(loss => (loss.Name, loss))]);
        var target = command.Standard(
            "--target-temperature", new SoftContrastiveLoss().TargetTemperature, "What divides the teacher's similarities to make soft's targets");
        var source = command.Choice(
            "--source", "session", "Clips of one session (where the corpus tells), clip or speaker are never each other's negatives",
            ("session", NegativeSource.Session), ("clip", NegativeSource.Clip), ("speaker", NegativeSource.Speaker));
        var queue = command.Standard("--queue", new ContrastiveLoss().Queue, "Further clips' sounds as negatives at every step, of contrastive");
        var centre = command.Standard(
            "--centre-speakers", true, "Take each speaker's mean from their sounds first, so that nobody is matched by who speaks");
        var normalise = command.Optional<bool>("--normalise-speakers", "Bring each speaker's vectors to mean 0 and deviation 1 before the probe");
        var epochs = command.Standard("--epochs", VisualAlignment.Training.Epochs, "Epochs at most");
        var aside = command.Optional<bool>(
            "--early", "Keep the epoch by which a fifth of the speakers, kept aside, find their sound best; by default the last of all");
        var folds = command.OuterFolds();
        var choosing = command.Optional<bool>(
            "--choosing", "Look at the speakers outside the test part alone, by 5 folds where --folds says no other number: to choose settings by");
        var seeds = command.Seeds("--seeds", "Each trains aligners and draws labels and folds", [.. new FractionConfig().Seeds]);
        var output = command.Folder("--out", "Where aligners, records and alignment.json are kept");
        return command.RunsLong(given =>
        {
            var (folder, told, loss, store) = (given.Of(output), given.Of(teacher), given.Of(kind)!, given.Of(features));
            given.Refuse(teacher, store is null, "is made here, but --acoustic-features gives the teacher's vectors");
            given.Refuse(layer, store is not null || told == "frozen", $"is of a frozen teacher or of --acoustic-features, but --teacher is {told}");
            given.Refuse(strict, store is null && told != "perfect", "is of a teacher that learns from labels here, as adapted and frozen");
            given.Refuse(column, store is null && told == "perfect", "is what the perfect teacher reads, but there is none");
            given.Refuse(queue, loss is ContrastiveLoss, $"is of contrastive, but --loss is {given.Text(kind)}");
            given.Refuse(target, loss is SoftContrastiveLoss, $"is of soft, but --loss is {given.Text(kind)}");
            var (isChoosing, asked, drawn) = (given.Of(choosing), given.Of(folds), given.Of(seeds));
            if (isChoosing && asked == 0) asked = 5;
            var lab = new Laboratory(progress: given.Progress);
            var data = corpus.Open(given, lab);
            if (isChoosing) data = data.Where(clip => clip.Split != SplitNames.Test);
            // Outer folds judge all labelled clips, the corpus's own division its test part.
            var stored = store is null ? null : FeatureStore.Open(store);
            bool IsJudged(Clip clip) =>
                clip.Emotion is not null && (asked == 0 ? clip.Split == SplitNames.Test : clip.Split != SplitNames.Unlabelled);
            if (stored is not null) data = LearnedFrom.LeaveOut(stored, data, IsJudged);
            var config = standard with
            {
                Loss = loss switch
                {
                    SoftContrastiveLoss soft => soft with { TargetTemperature = given.Of(target) },
                    ContrastiveLoss contrastive => contrastive with { Queue = given.Of(queue) },
                    _ => loss,
                },
                Source = given.Of(source),
                CentresSpeakers = given.Of(centre),
            };
            var trainer = VisualAlignment.Training with { Epochs = given.Of(epochs) };
            if (given.Of(aside)) trainer = trainer with { Criterion = "mrr", Patience = 10 };
            var name = given.Of(acoustic);
            if (store is null) lab.Find(name); // a wrong name, or a manifest that does not tell, is told of before the long work
            var control = store is null && told == "perfect" ? new PerfectTeacher(data, given.Of(column)) : null;
            using var encoder = lab.FindVisual(given.Of(visual)).Open();
            var frames = new FrameExtractorConfig { Sampling = FrameSampling.PerSecond(given.Of(rate)) };
            var sequences = lab.Look(data, encoder, frames, given.Cancel);
            using var adaptations = store is null && told == "adapted" ? lab.Adapt(data, name) : null;
            var study = new AlignmentStudy(data, sequences)
            {
                Progress = given.Progress,
                LearnedBefore = stored?.Recipe.LearnedClips ?? [],
                FramesKey = Extractor.Of(encoder, new Ffmpeg(), frames).Recipe.Key,
            };
            Func<int, IReadOnlyList<OuterFold>>? divide = asked == 0 ? null : seed => data.OuterFolds(asked, seed);
            var aligned = study.Align(control ?? Taught(), config, trainer, new FractionConfig { Seeds = drawn }, divide, folder, given.Cancel);
            if (given.Of(normalise))
                CorpusWarnings.TellAlone(data.Clips.Where(clip => clip.Emotion is not null && clip.Split != SplitNames.Unlabelled));
            var report = aligned.Probe(given.Of(normalise), given.Progress, given.Cancel);
            if (folder is not null) AtomicFile.WriteText(Path.Combine(folder, "alignment.json"), report.ToJson() + "\n");
            given.Progress.Dispose();
            Show(report, data);
            return 0;

            ITeacher Taught()
            {
                var heard = stored?.Read(data, given.Cancel).Table ?? lab.Hear(data, name, Pooling.Mean, cancel: given.Cancel);
                if (adaptations is not null) return new AdaptedTeacher(name, adaptations, heard) { SeesOnlyTheShare = given.Of(strict) };
                var last = store is null ? (int?)null : heard.FirstLayer + heard.Layers - 1;
                return new FrozenTeacher(store ?? name, heard, given.Of(layer) ?? last) { SeesOnlyTheShare = given.Of(strict) };
            }
        });
    }

    private static void Show(AlignmentReport report, Corpus corpus)
    {
        var first = report.Folds[0];
        var seeds = report.Folds.Select(one => one.Seed).Distinct().Count();
        Say.Result($"{corpus.Name}{(corpus.IsSynthetic ? " (synthetic)" : "")}, against {report.Teacher}: "
            + $"{seeds} seeds, {report.Folds.Count} aligners, the first of {first.LearnedFrom} clips "
            + $"of {first.Learned.Count} speakers without labels; {first.Weights} weights");
        if (report.IsControl) Say.Result("The perfect teacher is a control: it knows what no network could, and shows what alignment gives at best.");
        foreach (var table in (FigureTable[])[report.RetrievalTable, report.GainTable])
        {
            Say.Result("");
            Say.Table(table);
        }
    }
}
