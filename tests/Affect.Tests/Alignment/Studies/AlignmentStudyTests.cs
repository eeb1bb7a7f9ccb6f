namespace Affect.Tests.Alignment.Studies;

public sealed class AlignmentStudyTests
{
    private const int Speakers = 12;
    private const int ClipsEach = 20;

    private static readonly string[] Emotions = ["angry", "happy", "sad"];
    private static readonly AlignmentConfig Config = new() { HiddenSize = 16, Heads = 2, Layers = 1, Dropout = 0 };
    private static readonly TrainerConfig Trainer = VisualAlignment.Training with { Epochs = 20, BatchSize = 16, LearningRate = 3e-3 };
    private static readonly FractionConfig Few = new() { Fractions = [0.05], Seeds = [1, 2, 3], Penalties = [0.01, 0.1, 1] };

    [Fact]
    public void A_perfect_teacher_helps_where_labels_are_few_and_one_of_noise_does_not()
    {
        var (corpus, frames) = Planted();
        var study = new AlignmentStudy(corpus, frames);
        var folds = corpus.OuterFolds(3);
        var perfect = study.Run(new PerfectTeacher(corpus, "shown"), Config, Trainer, Few, _ => folds);
        Assert.True(perfect.IsControl);
        Assert.Contains("for measuring only", perfect.Teacher, StringComparison.Ordinal);
        Assert.True(perfect.Gain[0].Difference.Value > 0.1, $"{perfect.Gain[0]}");
        Assert.True(perfect.Gain[0].IsDistinguishable, $"{perfect.Gain[0]}");
        PairedComparison[] all = [.. perfect.Gain, .. perfect.GainOfBoth, .. perfect.GainOfSound];
        Assert.All(all, one => Assert.Equal(3, one.Family)); // one report is one family
        var random = new SeededRandom(9);
        var noise = new FeatureTable([.. corpus.Clips.Select(clip => clip.Id)], [.. corpus.Clips.SelectMany(_ => Enumerable.Range(0, 3).Select(_ => (float)random.Normal()))], 1, 3);
        var none = study.Run(new FrozenTeacher("noise", noise), Config, Trainer, Few, _ => folds);
        Assert.False(none.IsControl);
        Assert.False(none.Gain[0].Difference.Low > 0, $"{none.Gain[0]}");
        Assert.True(none.Gain[0].Difference.Value < perfect.Gain[0].Difference.Value - 0.1);
        Assert.Equal(["5 % (6)"], none.GainTable.Rows.Select(row => row[0]));
    }

    [Fact]
    public void An_aligner_keeps_what_its_teacher_knew_before_and_whether_it_was_a_control()
    {
        var (corpus, frames) = Planted();
        var folder = Directory.CreateTempSubdirectory("affect-aligners-").FullName;
        try
        {
            new AlignmentStudy(corpus, frames) { LearnedBefore = ["before"] }.Align(new PerfectTeacher(corpus, "shown"), Config, Trainer with { Epochs = 1 }, Few with { Seeds = [1], Fractions = [1] }, seed => [corpus.OuterFolds(3, seed)[0]], folder);
            var saved = Assert.Single(Directory.GetFiles(folder, "aligner.json", SearchOption.AllDirectories).Select(file => Path.GetDirectoryName(file)!));
            Assert.Contains("before", VisualAligner.TaughtOf(saved)!);
            Assert.True(VisualAligner.IsControlOf(saved));
            using var aligner = VisualAligner.Load(saved);
            Assert.True(aligner.IsControl);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void No_aligner_teacher_or_probe_of_a_fold_meets_the_folds_speakers()
    {
        var (corpus, frames) = Planted();
        var teacher = new Recorder(corpus);
        var seeds = Few with { Seeds = [1, 2] };
        var vectors = new AlignmentStudy(corpus, frames).Align(teacher, Config, Trainer with { Epochs = 1 }, seeds, seed => corpus.OuterFolds(3, seed));
        Assert.Equal(6, vectors.Folds.Count);
        foreach (var seed in vectors.Folds.GroupBy(fold => fold.Seed)) Assert.Equal(corpus.Speakers.Order(), seed.SelectMany(fold => fold.Held).Order());
        Assert.All(vectors.Folds, fold =>
        {
            Assert.Empty(fold.Learned.Intersect(fold.Held));
            Assert.Empty(fold.Taught.Intersect(fold.Held));
            Assert.Equal(Speakers, fold.Learned.Union(fold.Held).Count()); // every other speaker is learned from, by unlabelled clips too
            Assert.Equal(ClipsEach * (Speakers - fold.Held.Count), fold.LearnedFrom);
        });
        Assert.Equal(6, teacher.Lessons.Count);
        Assert.All(teacher.Lessons, lesson =>
        {
            var held = lesson.Fold.Held.Select(clip => corpus.Clips[clip].Speaker).ToHashSet();
            Assert.All(lesson.Labelled.Clips, clip => Assert.DoesNotContain(clip.Speaker, held));
            Assert.Equal(lesson.Fold.ToFold().Train, lesson.Known);
        });
        Assert.NotEqual(vectors.Folds[0].Held, vectors.Folds[3].Held); // another seed, other folds
    }

    [Fact]
    public void A_speaker_on_both_sides_of_a_fold_is_refused_before_anything_is_learned()
    {
        var (corpus, frames) = Planted();
        var fold = corpus.OuterFolds(3)[0];
        var leaky = fold with { Train = [.. fold.Train.Append(fold.Held[0]).Order()] };
        var teacher = new Recorder(corpus);
        var error = Assert.Throws<ArgumentException>(() => new AlignmentStudy(corpus, frames).Align(teacher, Config, Trainer, Few, _ => [leaky]));
        Assert.Contains($"'{corpus.Clips[fold.Held[0]].Speaker}' is on both", error.Message, StringComparison.Ordinal);
        Assert.Empty(teacher.Lessons);
    }

    [Fact]
    public void A_held_out_speakers_clips_change_nothing_that_is_learned()
    {
        // A leak of any kind, by gradients, by the standardisation or by the teacher's labels, would move the other speakers' vectors.
        var (corpus, frames) = Planted();
        var (_, changed) = Planted(other: corpus.Speakers[0]);
        var fold = corpus.OuterFolds(Speakers).First(one => corpus.Clips[one.Held[0]].Speaker == corpus.Speakers[0]);
        var random = new SeededRandom(9);
        var plain = new FeatureTable([.. corpus.Clips.Select(clip => clip.Id)], [.. corpus.Clips.SelectMany(_ => Enumerable.Range(0, 3).Select(_ => (float)random.Normal()))], 1, 3);
        var other = new FeatureTable(plain.ClipIds, [.. plain.Values.Index().Select(item => corpus.Clips[item.Index / 3].Speaker == corpus.Speakers[0] ? item.Item + 5 : item.Item)], 1, 3);
        Assert.Equal(Losses(frames, plain), Losses(changed, other));

        IReadOnlyList<double> Losses(SequenceTable seen, FeatureTable heard) =>
            new AlignmentStudy(corpus, seen).Align(new FrozenTeacher("noise", heard), Config, Trainer with { Epochs = 2 }, Few with { Seeds = [1] }, _ => [fold]).Folds[0].Losses;
    }

    [Fact]
    public void A_teacher_that_sees_the_share_alone_is_asked_anew_at_every_share_with_the_probes_labels()
    {
        var (corpus, frames) = Planted();
        var teacher = new Recorder(corpus) { SeesOnlyTheShare = true };
        var shares = Few with { Fractions = [0.1, 0.5, 1], Seeds = [1] };
        var folds = corpus.OuterFolds(3);
        var vectors = new AlignmentStudy(corpus, frames).Align(teacher, Config, Trainer with { Epochs = 1 }, shares, _ => folds);
        Assert.Equal(3, vectors.Folds.Count);
        Assert.Equal(9, teacher.Lessons.Count);
        var pooled = frames.Pool(Pooling.MeanAndDeviation);
        foreach (var (place, lesson) in teacher.Lessons.Index())
        {
            var known = FractionProbe.Known(pooled, corpus, new FractionCase(1, lesson.Fold.ToFold(), shares.Fractions[place % 3]));
            // Of few labels, too, some choose the epoch: they are divided anew, not taken from those that the fold chooses by.
            var taught = lesson.Taught;
            Assert.Equal(lesson.Known.Order(), taught.Train.Concat(taught.Choose).Order());
            Assert.NotEmpty(taught.Choose);
            Assert.Empty(taught.Train.Select(clip => corpus.Clips[clip].Speaker).Intersect(taught.Choose.Select(clip => corpus.Clips[clip].Speaker)));
            Assert.Equal(known.Order(StringComparer.Ordinal), lesson.Known.Select(clip => corpus.Clips[clip].Id).Order(StringComparer.Ordinal));
        }
        Assert.Equal(3, vectors.Probe().GainSummary.Count);
    }

    [Fact]
    public void The_perfect_teacher_wants_a_manifest_that_tells()
    {
        var (corpus, _) = Planted();
        Assert.Contains("'face_expresses'", Assert.Throws<ArgumentException>(() => new PerfectTeacher(corpus)).Message, StringComparison.Ordinal);
    }

    // Faces of 12 speakers and 3 emotions: two numbers that tell what is shown, ten that tell who it is or nothing. A quarter of the clips has no label.
    private static (Corpus Corpus, SequenceTable Frames) Planted(string? other = null)
    {
        var random = new SeededRandom(5);
        var (clips, sequences) = (new List<Clip>(), new List<float[]>());
        for (var speaker = 0; speaker < Speakers; speaker++)
        {
            double[] look = [.. Enumerable.Range(0, 10).Select(_ => 1.5 * random.Normal())];
            for (var i = 0; i < ClipsEach; i++)
            {
                var shown = (i + speaker) % 3;
                var name = string.Create(CultureInfo.InvariantCulture, $"s{speaker:00}");
                var isLabelled = i % 4 != 3;
                clips.Add(new Clip
                {
                    Id = string.Create(CultureInfo.InvariantCulture, $"{name}_{i:00}"),
                    Speaker = name,
                    Emotion = isLabelled ? Emotions[shown] : null,
                    Split = isLabelled ? SplitNames.Train : SplitNames.Unlabelled,
                    Extras = new OrderedDictionary<string, string>(StringComparer.Ordinal) { ["shown"] = Emotions[shown] },
                });
                double[] clip = [1.2 * Math.Cos(2 * shown) + random.Normal() * 0.5, 1.2 * Math.Sin(2 * shown) + random.Normal() * 0.5, .. look.Select(value => value + random.Normal())];
                var shift = name == other ? 3 : 0;
                sequences.Add([.. Enumerable.Range(0, 3).SelectMany(_ => clip.Select(value => (float)(value + 0.3 * random.Normal() + shift)))]);
            }
        }
        return (new Corpus("planted", ".", new EmotionSet(Emotions), clips), new SequenceTable([.. clips.Select(clip => clip.Id)], sequences, dims: 12));
    }

    private sealed class Recorder(Corpus corpus) : ITeacher
    {
        public List<Lesson> Lessons { get; } = [];

        public string Name => "recorder";

        public bool IsControl => true;

        public bool SeesOnlyTheShare { get; init; }

        public FeatureTable Teach(Lesson lesson, CancellationToken cancel = default)
        {
            Lessons.Add(lesson);
            return new PerfectTeacher(corpus, "shown").Teach(lesson, cancel);
        }
    }
}
