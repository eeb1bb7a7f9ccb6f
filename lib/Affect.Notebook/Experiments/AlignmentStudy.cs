using Affect.Alignment;
using Affect.Data;
using Affect.Evaluation;
using Affect.Features;
using Affect.Probing;
using Affect.Training;
using Affect.Training.Aligning;
using static TorchSharp.torch;

namespace Affect.Notebook.Experiments;

/// <summary>
/// What bringing pictures near sound does: an aligner per seed, how well unseen clips' pictures find their sound, and what a probe reads of emotion before and
/// after at every share of the labels.
/// </summary>
public sealed class AlignmentStudy
{
    private readonly Corpus corpus;
    private readonly SequenceTable visual;
    private readonly FeatureTable acoustic;

    /// <summary>Takes a corpus with its pictures and its frozen sound.</summary>
    /// <param name="corpus">All parts: unlabelled and train clips are learned from without labels, test clips are reported.</param>
    /// <param name="visual">The pictures' frames.</param>
    /// <param name="acoustic">The clips' sound, a table of one layer.</param>
    /// <exception cref="ArgumentException">The table has several layers.</exception>
    public AlignmentStudy(Corpus corpus, SequenceTable visual, FeatureTable acoustic)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(visual);
        ArgumentNullException.ThrowIfNull(acoustic);
        if (acoustic.Layers != 1) throw new ArgumentException($"acoustic must have one layer, but has {acoustic.Layers}; choose one.", nameof(acoustic));
        (this.corpus, this.visual, this.acoustic) = (corpus, visual, acoustic);
    }

    /// <summary>The key of the frames' recipe, for the aligners' files.</summary>
    public string FramesKey { get; init; } = "";

    /// <summary>Told of all work; null: nobody.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>Aligns and measures.</summary>
    /// <param name="config">How to align.</param>
    /// <param name="trainer">How to train; the seed is replaced by each of the fractions' seeds. Null: <see cref="VisualAlignment.Training"/>.</param>
    /// <param name="fractions">Shares of the labels and seeds; null: the defaults.</param>
    /// <param name="folds">What is learned from and reported; null: the division that the corpus prescribes, its test part held out.</param>
    /// <param name="learnsFrom">The clips that alignment may look at; null: all but those of the test part.</param>
    /// <param name="folder">Where each seed's aligner and record are kept, below <c>seed-N</c>; null: nowhere.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">Parts of the corpus are missing or too small.</exception>
    public AlignmentReport Run(
        AlignmentConfig config, TrainerConfig? trainer = null, FractionConfig? fractions = null, IReadOnlyList<Fold>? folds = null, Func<Clip, bool>? learnsFrom = null,
        string? folder = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        fractions ??= new FractionConfig();
        folds ??= [corpus.PrescribedFold()];
        learnsFrom ??= clip => clip.Split != SplitNames.Test;
        using var scope = NewDisposeScope();
        using var clips = new AlignmentClips(corpus, visual, acoustic.ClipIds, acoustic.ToTensor().squeeze(1), config);
        var learn = clips.Where(learnsFrom);
        var reported = clips.Where(clip => clip.Split == SplitNames.Test);
        var pooled = visual.Pool(Pooling.MeanAndDeviation);
        var (aligned, untrained, seeds) = (new Dictionary<int, FeatureTable>(), new Dictionary<int, FeatureTable>(), new List<AlignedSeed>());
        foreach (var seed in fractions.Seeds)
        {
            using (var fresh = new VisualAligner(config, visual.Dims, clips.AcousticDims, seed)) untrained[seed] = fresh.Embed(visual);
            var (aligner, result) = VisualAlignment.Run(
                clips, learn, config, (trainer ?? VisualAlignment.Training) with { Seed = seed }, FramesKey,
                folder is null ? null : Path.Combine(folder, FormattableString.Invariant($"seed-{seed}")), Progress, cancel);
            using (aligner)
            {
                if (folder is not null) aligner.Save(Path.Combine(folder, FormattableString.Invariant($"seed-{seed}")));
                aligned[seed] = aligner.Embed(visual);
                seeds.Add(Measure(seed, clips, reported, aligner, aligned[seed], untrained[seed], pooled, result));
            }
        }
        return new AlignmentReport
        {
            Config = config,
            LearnedFrom = learn.Count,
            LearnedSpeakers = learn.Select(clip => clips.Clips[clip].Speaker).Distinct(StringComparer.Ordinal).Count(),
            Seeds = seeds,
            Before = FractionProbe.Run("pictures as they are, mean and deviation", pooled, corpus, folds, fractions, Progress, cancel),
            Untrained = FractionProbe.Run("temporal network, not trained", seed => untrained[seed], corpus, folds, fractions, Progress, cancel),
            After = FractionProbe.Run("aligned with sound", seed => aligned[seed], corpus, folds, fractions, Progress, cancel),
            Both = FractionProbe.Run("pictures as they are, and aligned beside them", seed => pooled.Beside(aligned[seed]), corpus, folds, fractions, Progress, cancel),
            BothUntrained = FractionProbe.Run("pictures as they are, and the network not trained beside them", seed => pooled.Beside(untrained[seed]), corpus, folds, fractions, Progress, cancel),
        };
    }

    // Retrieval and likeness on clips of speakers that alignment has not seen.
    private static AlignedSeed Measure(
        int seed, AlignmentClips clips, IReadOnlyList<int> reported, VisualAligner aligner, FeatureTable aligned, FeatureTable untrained, FeatureTable pooled, TrainingResult result)
    {
        using var scope = NewDisposeScope();
        var sound = clips.Acoustic(reported);
        string[] speakers = [.. reported.Select(clip => clips.Clips[clip].Speaker)];
        Tensor Rows(FeatureTable table)
        {
            var places = table.ClipIds.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
            return table.Select([.. reported.Select(clip => places[clips.Clips[clip].Id])]).ToTensor().squeeze(1);
        }
        return new AlignedSeed
        {
            Seed = seed,
            BestEpoch = result.BestEpoch,
            Losses = [.. result.Epochs.Select(epoch => epoch.Loss)],
            Seconds = result.Seconds,
            Weights = result.TrainedWeights,
            Temperature = aligner.Temperature,
            Retrieval = RetrievalScore.Of(Rows(aligned), sound),
            WithinSpeaker = RetrievalScore.Of(Rows(aligned), sound, speakers),
            UntrainedRetrieval = RetrievalScore.Of(Rows(untrained), sound),
            CkaBefore = LinearCka.Of(Rows(pooled), sound),
            CkaUntrained = LinearCka.Of(Rows(untrained), sound),
            CkaAfter = LinearCka.Of(Rows(aligned), sound),
        };
    }
}
