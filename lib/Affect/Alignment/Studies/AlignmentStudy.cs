namespace Affect.Alignment.Studies;

/// <summary>
/// What bringing pictures near a teacher's vectors does: in every fold a teacher, an aligner and a probe of which none has met the fold's held-out speakers; how
/// well unseen clips' pictures find their sound, and what a probe reads of emotion before and after at every share of the labels.
/// </summary>
public sealed class AlignmentStudy
{
    private readonly Corpus corpus;
    private readonly SequenceTable visual;

    /// <summary>Takes a corpus with its pictures.</summary>
    /// <param name="corpus">All parts; unlabelled clips are learned from too.</param>
    /// <param name="visual">The pictures' frames.</param>
    public AlignmentStudy(Corpus corpus, SequenceTable visual)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(visual);
        (this.corpus, this.visual) = (corpus, visual);
    }

    /// <summary>The key of the frames' recipe, for the aligners' files.</summary>
    public string FramesKey { get; init; } = "";

    /// <summary>Receives progress; may be null.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>
    /// The clips that alignment may look at; null: all, of the test part those of speakers that the fold learns from. Clips of a fold's held-out speakers are
    /// left out of that fold in any case, unlabelled ones too.
    /// </summary>
    public Func<Clip, bool>? LearnsFrom { get; init; }

    /// <summary>The clips whose labels the teacher's encoder had learned from before (<see cref="LearnedClips"/>), as that of adapted features has; kept with each aligner.</summary>
    public IReadOnlyList<string> LearnedBefore { get; init; } = [];

    /// <summary>Aligns, for every seed and fold.</summary>
    /// <param name="teacher">Whose vectors pictures are brought near.</param>
    /// <param name="config">How to align; null: the defaults.</param>
    /// <param name="trainer">How to train; the seed is replaced by each of the fractions' seeds. Null: <see cref="VisualAlignment.Training"/>.</param>
    /// <param name="fractions">Shares of the labels and seeds; null: the defaults.</param>
    /// <param name="folds">The divisions, by seed, as <see cref="Corpus.OuterFolds"/> makes them; null: the one that the corpus prescribes, its test part held out.</param>
    /// <param name="folder">Where aligners and records are kept, below <c>seed-N</c>, of several folds <c>seed-N/fold-K</c>; null: nowhere.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">Parts of the corpus are missing or too small, or a teacher gives several layers.</exception>
    public AlignedVectors Align(
        ITeacher teacher, AlignmentConfig? config = null, TrainerConfig? trainer = null, FractionConfig? fractions = null, Func<int, IReadOnlyList<OuterFold>>? folds = null, string? folder = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        config ??= new AlignmentConfig();
        trainer ??= VisualAlignment.Training;
        fractions ??= new FractionConfig();
        folds ??= seed => [Prescribed(corpus, seed)];
        var divisions = fractions.Seeds.Distinct().ToDictionary(seed => seed, folds);
        var pooled = visual.Pool(Pooling.MeanAndDeviation);
        var (aligned, taught, untrained, measured) = (new Dictionary<(int, int, double), FeatureTable>(), new Dictionary<(int, int, double), FeatureTable>(), new Dictionary<int, FeatureTable>(), new List<AlignedFold>());
        // One after another: a teacher that adapts uses all cores. Then one aligner per core at a time.
        Case[] cases = [.. divisions.SelectMany(division => division.Value.SelectMany(fold => (teacher.SeesOnlyTheShare ? fractions.Fractions : [1]).Select(share =>
            Taught(teacher, fold, new FractionCase(division.Key, fold.ToFold(), share), pooled, share < 1 ? null : Place(folder, division.Key, fold, division.Value.Count), cancel))))];
        var fitted = new Fitted[cases.Length];
        var counter = cases.Length == 1 ? null : new WorkCounter(Progress, "Aligning pictures with sound", cases.Length, "networks");
        counter?.Begin();
        Workers.Run(cases.Length, CPU, index =>
        {
            fitted[index] = Fit(cases[index], config, trainer, pooled, counter is null ? Progress : null, cancel);
            counter?.Add();
        });
        foreach (var (one, result) in cases.Zip(fitted))
        {
            var which = (one.Which.Seed, one.Which.Fold.Index, one.Which.Fraction);
            (aligned[which], taught[which], untrained[which.Seed]) = (result.Aligned, one.Sound, result.Untrained);
            if (which.Fraction >= fractions.Fractions[^1] || !teacher.SeesOnlyTheShare) measured.Add(result.Measured);
        }
        return new AlignedVectors(corpus, pooled, divisions, aligned, taught, untrained) { Teacher = teacher, Config = config, Fractions = fractions, Folds = measured };
    }

    /// <summary>Aligns, and measures without speaker normalisation; <see cref="AlignedVectors.Probe"/> measures with it.</summary>
    /// <inheritdoc cref="Align"/>
    public AlignmentReport Run(
        ITeacher teacher, AlignmentConfig? config = null, TrainerConfig? trainer = null, FractionConfig? fractions = null, Func<int, IReadOnlyList<OuterFold>>? folds = null, string? folder = null,
        CancellationToken cancel = default) => Align(teacher, config, trainer, fractions, folds, folder, cancel).Probe(progress: Progress, cancel: cancel);

    private Case Taught(ITeacher teacher, OuterFold fold, FractionCase which, FeatureTable pooled, string? folder, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var lesson = new Lesson(corpus, which.Seed, fold, teacher.SeesOnlyTheShare ? KnownOf(pooled, which) : which.Fold.Train);
        var strangers = which.Fold.Held.Select(clip => corpus.Clips[clip].Speaker).ToHashSet(StringComparer.Ordinal);
        var taught = lesson.Known.Select(clip => corpus.Clips[clip].Speaker).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (taught.FirstOrDefault(strangers.Contains) is { } leaked)
            throw new ArgumentException($"fold {which.Fold.Index} must have each speaker on one side, but '{leaked}' is on both: teacher and probe would have met whom they are judged by.", nameof(which));
        var sound = teacher.Teach(lesson, cancel);
        if (sound.Layers != 1) throw new ArgumentException($"teacher must give one layer, but {teacher.Name} gives {sound.Layers}; choose one.", nameof(teacher));
        return new Case(which, strangers, taught, lesson.Known, sound, teacher.IsControl, folder);
    }

    private Fitted Fit(Case one, AlignmentConfig config, TrainerConfig trainer, FeatureTable pooled, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var (which, strangers, taught, _, sound, _, folder) = one;
        var met = which.Fold.Train.Select(clip => corpus.Clips[clip].Speaker).ToHashSet(StringComparer.Ordinal);
        bool IsLearned(Clip clip) => !strangers.Contains(clip.Speaker) && (LearnsFrom?.Invoke(clip) ?? (clip.Split != SplitNames.Test || met.Contains(clip.Speaker)));
        using var scope = NewDisposeScope();
        using var clips = new AlignmentClips(corpus, visual, sound.ClipIds, sound.ToTensor().squeeze(1), config, IsLearned);
        var learn = clips.Where(IsLearned);
        FeatureTable untrained;
        using (var start = new VisualAligner(config, visual.Dims, clips.AcousticDims, which.Seed)) untrained = start.Predict(visual);
        var (aligner, result) = VisualAlignment.Fit(clips, learn, config, trainer with { Seed = which.Seed }, FramesKey, folder, progress, cancel);
        using (aligner)
        {
            if (folder is not null)
            {
                aligner.Taught = [.. one.Known.Select(clip => LearnedClips.KeyOf(corpus.Clips[clip], cancel)).OfType<string>().Concat(LearnedBefore).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                aligner.IsControl = one.IsControl;
                aligner.Save(folder);
            }
            var aligned = aligner.Predict(visual);
            var held = which.Fold.Held.Select(clip => corpus.Clips[clip].Id).ToHashSet(StringComparer.Ordinal);
            var reported = clips.Where(clip => held.Contains(clip.Id));
            string[] speakers = [.. reported.Select(clip => clips.Clips[clip].Speaker)];
            var own = clips.Acoustic(reported);
            var (before, fresh, after) = (Rows(pooled, clips, reported), Rows(untrained, clips, reported), Rows(aligned, clips, reported));
            var measured = new AlignedFold
            {
                Seed = which.Seed,
                Fold = which.Fold.Index,
                LearnedFrom = learn.Count,
                Learned = [.. learn.Select(clip => clips.Clips[clip].Speaker).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                Taught = taught,
                Held = [.. strangers.Order(StringComparer.Ordinal)],
                Clips = [.. reported.Select(clip => clips.Clips[clip].Id)],
                BestEpoch = result.BestEpoch,
                Losses = [.. result.Epochs.Select(epoch => epoch.Loss)],
                Seconds = result.Seconds,
                Weights = result.TrainedWeights,
                Temperature = aligner.Temperature,
                Retrieval = RetrievalScore.Of(after, own),
                WithinSpeaker = RetrievalScore.Of(after, own, speakers),
                UntrainedRetrieval = RetrievalScore.Of(fresh, own),
                CkaBefore = LinearCka.Of(before, own),
                CkaUntrained = LinearCka.Of(fresh, own),
                CkaAfter = LinearCka.Of(after, own),
            };
            return new Fitted(measured, aligned, untrained);
        }
    }

    /// <summary>The division that the corpus prescribes, its test part held out; a fifth of the other labelled speakers is kept aside to choose by.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="seed">The seed of what is kept aside.</param>
    /// <exception cref="ArgumentException">There is no test part, or too few speakers are there.</exception>
    public static OuterFold Prescribed(Corpus corpus, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var whole = corpus.PrescribedFold();
        var inner = InnerSplit.Of(corpus, whole.Train, seed: seed);
        return new OuterFold { Index = 0, Train = [.. inner.Train.Order()], Choose = [.. inner.Held.Order()], Held = whole.Held };
    }

    private int[] KnownOf(FeatureTable features, FractionCase which)
    {
        var names = FractionProbe.Known(features, corpus, which).ToHashSet(StringComparer.Ordinal);
        return [.. which.Fold.Train.Where(clip => names.Contains(corpus.Clips[clip].Id))];
    }

    private static Tensor Rows(FeatureTable table, AlignmentClips clips, IReadOnlyList<int> wanted)
    {
        var places = table.ClipIds.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        return table.Select([.. wanted.Select(clip => places[clips.Clips[clip].Id])]).ToTensor().squeeze(1);
    }

    private static string? Place(string? folder, int seed, OuterFold fold, int folds) => folder is null ? null
        : Path.Combine(folder, FormattableString.Invariant($"seed-{seed}"), folds == 1 ? "" : FormattableString.Invariant($"fold-{fold.Index + 1}"));

    private sealed record Case(FractionCase Which, HashSet<string> Strangers, string[] Taught, IReadOnlyList<int> Known, FeatureTable Sound, bool IsControl, string? Folder);

    private sealed record Fitted(AlignedFold Measured, FeatureTable Aligned, FeatureTable Untrained);
}
