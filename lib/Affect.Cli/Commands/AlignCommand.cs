namespace Affect.Cli.Commands;

/// <summary><c>lab align</c>: bring what pictures show near what a teacher hears, and measure what that does.</summary>
internal static class AlignCommand
{
    private static readonly Dictionary<string, AlignmentKind> Kinds = new()
    {
        ["mse"] = AlignmentKind.MeanSquaredError,
        ["cosine"] = AlignmentKind.Cosine,
        ["soft"] = AlignmentKind.SoftContrastive,
        ["contrastive"] = AlignmentKind.Contrastive,
    };

    internal static Command Create()
    {
        var standard = new AlignmentConfig();
        var corpus = new Option<string>("--corpus") { Description = "mimic, or a manifest, or a folder of clips with test and perhaps unlabelled parts", DefaultValueFactory = _ => Laboratory.MimicName };
        var clips = new Option<int>("--clips") { Description = "How many clips of Mimic", DefaultValueFactory = _ => 960 };
        var corpusSeed = new Option<int>("--corpus-seed") { Description = "Seed of Mimic", DefaultValueFactory = _ => 1 };
        var visual = new Option<string>("--visual") { Description = "The encoder of pictures: " + VisualChoice.Help, DefaultValueFactory = _ => "mimic-clip" };
        var teacher = new Option<string>("--teacher")
        {
            Description = "adapted: the encoder of sound, adapted in every fold by the labels that may be learned from; frozen: as it is; perfect: what the manifest says that the clip expresses, a control for measuring only",
            DefaultValueFactory = _ => "adapted",
        };
        teacher.AcceptOnlyFromAmong("adapted", "frozen", "perfect");
        var column = new Option<string>("--column") { Description = "The manifest's column that the perfect teacher reads", DefaultValueFactory = _ => PerfectTeacher.Face };
        var strict = new Option<bool>("--strict") { Description = "Let the teacher use no label but those that the probe has at each share; by default it has seen all that may be learned from" };
        var acoustic = new Option<string>("--acoustic") { Description = "The encoder of sound: " + EncoderChoice.Help, DefaultValueFactory = _ => "mimic-hubert" };
        var layer = new Option<int?>("--layer") { Description = "The frozen sound's layer; by default the one that a probe reads best on the clips to learn from" };
        var features = new Option<string?>("--acoustic-features") { Description = "A feature store of the clips' sound instead of a teacher, as 'lab extract --adapted' writes it; its last layer is taken unless --layer names one" };
        var rate = new Option<double>("--fps") { Description = "Pictures a second", DefaultValueFactory = _ => 5 };
        var kind = new Option<string>("--loss") { Description = string.Join(", ", Kinds.Keys), DefaultValueFactory = _ => Kinds.First(known => known.Value == standard.Kind).Key };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        var target = new Option<double>("--target-temperature") { Description = "What the teacher's own similarities are divided by to make the targets of soft", DefaultValueFactory = _ => standard.TargetTemperature };
        var source = new Option<string>("--source") { Description = "Clips of one session (where the corpus tells), clip or speaker are never each other's negatives", DefaultValueFactory = _ => "session" };
        source.AcceptOnlyFromAmong("session", "clip", "speaker");
        var queue = new Option<int>("--queue") { Description = "Further clips' sounds as negatives at every step, of contrastive", DefaultValueFactory = _ => standard.Queue };
        var centre = new Option<bool>("--centre-speakers") { Description = "Take each speaker's mean from their sounds first, so that voices and faces cannot be matched by who speaks; needs several clips of each", DefaultValueFactory = _ => true };
        var normalise = new Option<bool>("--normalise-speakers") { Description = "Bring each speaker's vectors to mean 0 and deviation 1 before the probe, without labels" };
        var epochs = new Option<int>("--epochs") { Description = "Epochs at most", DefaultValueFactory = _ => VisualAlignment.Training.Epochs };
        var folds = new Option<int>("--folds") { Description = "0: learn from all but the test part and report on it; otherwise so many folds over all labelled speakers, of each seed its own, each reported by what has met none of its speakers", DefaultValueFactory = _ => 0 };
        var choosing = new Option<bool>("--choosing") { Description = "Look at the speakers outside the test part alone, by 5 folds where --folds says no other number: to choose settings by" };
        var aside = new Option<bool>("--early") { Description = "Keep a fifth of the speakers aside and the epoch by which their pictures find their sound best; by default the last epoch of all is kept" };
        var seeds = new Option<int[]>("--seeds") { Description = "Each trains aligners and draws labels and folds; by default 1 2 3", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string?>("--out") { Description = "Where aligners, records and alignment.json are kept" };
        var command = new Command("align", "Align pictures with a teacher's vectors on clips without labels; report retrieval, CKA, and a probe before and after at several shares of the labels.")
        {
            corpus, clips, corpusSeed, visual, teacher, column, strict, acoustic, layer, features, rate, kind, target, source, queue, centre, normalise, epochs, aside, folds, choosing, seeds, output,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                OutputFolder.Check(parsed.GetValue(output), "--out");
                RefuseUnused(parsed);
                var asked = parsed.GetValue(folds);
                if (asked != 0) Require.AtLeast(3, asked, "--folds, unless 0,");
                using var progress = new ConsoleProgress();
                var laboratory = new Laboratory(progress: progress);
                var opened = CorpusWarnings.Tell(laboratory.Open(parsed.GetRequiredValue(corpus), parsed.GetValue(clips), parsed.GetValue(corpusSeed), ct));
                var isChoosing = parsed.GetValue(choosing);
                if (isChoosing && asked == 0) asked = 5;
                var store = parsed.GetValue(features);
                var data = isChoosing ? opened.Where(clip => clip.Split != SplitNames.Test) : opened;
                // Outer folds judge all labelled clips, the corpus's own division its test part.
                var stored = store is null ? null : FeatureStore.Open(store);
                if (stored is not null) data = LearnedFrom.LeaveOut(stored, data, clip => clip.Emotion is not null && (asked == 0 ? clip.Split == SplitNames.Test : clip.Split != SplitNames.Unlabelled));
                var config = standard with
                {
                    Kind = Kinds[parsed.GetRequiredValue(kind)],
                    TargetTemperature = parsed.GetValue(target),
                    Source = parsed.GetValue(source) switch { "clip" => NegativeSource.Clip, "speaker" => NegativeSource.Speaker, _ => NegativeSource.Session },
                    Queue = parsed.GetValue(queue),
                    CentresSpeakers = parsed.GetValue(centre),
                };
                var trainer = VisualAlignment.Training with { Epochs = parsed.GetValue(epochs) };
                if (parsed.GetValue(aside)) trainer = trainer with { Criterion = "mrr", Patience = 10 };
                var name = parsed.GetRequiredValue(acoustic);
                if (store is null) laboratory.Find(name); // a wrong name, or a manifest that does not tell, is told of before the long work
                var control = store is null && parsed.GetRequiredValue(teacher) == "perfect" ? new PerfectTeacher(data, parsed.GetRequiredValue(column)) : null;
                using var encoder = laboratory.FindVisual(parsed.GetRequiredValue(visual)).Open();
                var frames = new FrameExtractorConfig { Sampling = Media.FrameSampling.PerSecond(parsed.GetValue(rate)) };
                var sequences = laboratory.Look(data, encoder, frames, ct);
                var heard = stored is not null ? stored.Read(data, ct).Table : control is not null ? null : laboratory.Hear(data, name, Pooling.Mean, cancel: ct);
                using var adaptations = store is null && parsed.GetRequiredValue(teacher) == "adapted" ? laboratory.Adapt(data, name) : null;
                ITeacher taught = heard is null
                    ? control!
                    : adaptations is not null
                        ? new AdaptedTeacher(name, adaptations, heard) { SeesOnlyTheShare = parsed.GetValue(strict) }
                        : new FrozenTeacher(store ?? name, heard, parsed.GetValue(layer) ?? (store is null ? null : heard.FirstLayer + heard.Layers - 1)) { SeesOnlyTheShare = parsed.GetValue(strict) };
                var study = new AlignmentStudy(data, sequences) { Progress = progress, LearnedBefore = stored?.Recipe.LearnedClips ?? [], FramesKey = Extractor.Of(encoder, new Media.Ffmpeg(), frames).Recipe.Key };
                var folder = parsed.GetValue(output);
                var fractions = parsed.GetValue(seeds) is { Length: > 0 } given ? new FractionConfig { Seeds = given } : new FractionConfig();
                var aligned = study.Align(taught, config, trainer, fractions, asked == 0 ? null : seed => data.OuterFolds(asked, seed), folder, ct);
                if (parsed.GetValue(normalise)) CorpusWarnings.TellAlone([.. data.Clips.Where(clip => clip.Emotion is not null && clip.Split != SplitNames.Unlabelled).Select(clip => clip.Speaker)]);
                var report = aligned.Probe(parsed.GetValue(normalise), progress, ct);
                if (folder is not null) AtomicFile.WriteText(Path.Combine(folder, "alignment.json"), report.ToJson() + "\n");
                progress.Dispose();
                Show(report, data);
                return 0;
            },
            CancellationToken.None));
        return command;

        void RefuseUnused(ParseResult parsed)
        {
            var (hasStore, told, loss) = (parsed.GetValue(features) is not null, parsed.GetRequiredValue(teacher), parsed.GetRequiredValue(kind));
            UnusedOption.Refuse(parsed, teacher, !hasStore, "is made here, but --acoustic-features gives the teacher's vectors");
            UnusedOption.Refuse(parsed, layer, hasStore || told == "frozen", $"is of a frozen teacher or of --acoustic-features, but --teacher is {told}");
            UnusedOption.Refuse(parsed, strict, !hasStore && told != "perfect", $"is of a teacher that learns from labels here, but {(hasStore ? "--acoustic-features gives vectors" : "the perfect one does not")}");
            UnusedOption.Refuse(parsed, column, !hasStore && told == "perfect", "is what the perfect teacher reads, but there is none");
            UnusedOption.Refuse(parsed, queue, loss == "contrastive", $"is of contrastive, but --loss is {loss}");
            UnusedOption.Refuse(parsed, target, loss == "soft", $"is of soft, but --loss is {loss}");
        }
    }

    private static void Show(AlignmentReport report, Corpus corpus)
    {
        var first = report.Folds[0];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{corpus.Name}{(corpus.IsSynthetic ? " (synthetic)" : "")}, against {report.Teacher}: {report.Folds.Select(one => one.Seed).Distinct().Count()} seeds, {report.Folds.Count} aligners, the first of {first.LearnedFrom} clips of {first.Learned.Count} speakers without labels; {first.Weights} weights"));
        if (report.IsControl) Console.WriteLine("The perfect teacher is a control for measuring only: it knows what no network could know, and shows what alignment could give at best.");
        Print(report.RetrievalTable);
        Print(report.GainTable);
    }

    private static void Print(FigureTable content)
    {
        Console.WriteLine();
        Console.WriteLine(content.Caption);
        var table = new Table().NoBorder();
        foreach (var column in content.Columns) table.AddColumn(new TableColumn(Markup.Escape(column)).NoWrap().Padding(0, 0, 2, 0));
        foreach (var row in content.Rows) table.AddRow([.. row.Select(Markup.Escape)]);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = 240; // a row is a row, whatever the terminal's width
        console.Write(table);
    }
}
