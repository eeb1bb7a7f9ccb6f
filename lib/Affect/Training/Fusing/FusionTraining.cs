using Affect.Data;
using Affect.Evaluation;
using Affect.Fusion;
using static TorchSharp.torch;

namespace Affect.Training.Fusing;

/// <summary>Trains a fusion by folds and seeds, and says what the folds together decide on the test part, whichever modalities are shown.</summary>
public static class FusionTraining
{
    /// <summary>Trains one variant on one set of modalities.</summary>
    /// <param name="config">How.</param>
    /// <param name="data">The clips; those of the test part are seen only to be decided on.</param>
    /// <param name="runFolder">Where records, states, decisions and the trained folds are kept; a run that was interrupted there goes on. Null: nowhere.</param>
    /// <param name="device">Where it is trained; null: the CPU.</param>
    /// <param name="progress">Told after every fold.</param>
    /// <param name="cancel">Ends the work after a step; with a run folder, nothing is lost.</param>
    /// <exception cref="ArgumentException">There is no such fusion, or the clips cannot be divided.</exception>
    /// <exception cref="InvalidOperationException">A loss is no finite number.</exception>
    public static FusionRun Run(
        FusionTrainingConfig config, FusionData data, string? runFolder = null, Device? device = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(data);
        var choice = FusionChoice.Parse(config.Fusion);
        var shape = new FusionConfig
        {
            Modalities = [.. data.Features.Select(modality => new ModalityInput(modality.Modality, modality.Dims))],
            Classes = data.Corpus.Emotions.Count,
            HiddenSize = config.HiddenSize,
            Dropout = config.Dropout,
        };
        var seeds = new List<FusionSeedRun>();
        foreach (var seed in config.Seeds)
        {
            var results = new List<TrainingResult>();
            float[][]? sums = null;
            foreach (var fold in data.Folds(config.Folds, seed))
            {
                cancel.ThrowIfCancellationRequested();
                var folder = runFolder is null ? null : FolderOf(runFolder, data.Modalities, seed, fold.Index);
                var (result, logits) = Train(config, choice, shape, data, fold, seed, folder, device, cancel);
                results.Add(result);
                sums = sums is null ? logits : [.. sums.Zip(logits, (sum, own) => sum.Zip(own, (one, other) => one + other).ToArray())];
                progress?.Report(new WorkProgress($"Fusing {string.Join(", ", data.Modalities)}: {config.Variant}", (seeds.Count * config.Folds) + results.Count, config.Seeds.Count * config.Folds, "folds"));
            }
            var subsets = ModalitySubset.All(data.Modalities);
            seeds.Add(new FusionSeedRun
            {
                Seed = seed,
                Folds = results,
                BySubset = [.. subsets.Select((subset, number) => (subset, Decide(data, [.. sums![number].Select(value => value / results.Count)])))],
            });
        }
        return new FusionRun { Config = config, Modalities = data.Modalities, Seeds = seeds };
    }

    /// <summary>The folder of one trained fold within a run's.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="modalities">What was trained on.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="fold">The fold, from 0.</param>
    public static string FolderOf(string runFolder, IReadOnlyList<string> modalities, int seed, int fold) =>
        Path.Combine(runFolder, FormattableString.Invariant($"{string.Join('+', modalities)}-seed{seed}-fold{fold}"));

    private static (TrainingResult Result, float[][] Logits) Train(
        FusionTrainingConfig config, FusionChoice choice, FusionConfig shape, FusionData data, Fold fold, int seed, string? folder, Device? device,
        CancellationToken cancel)
    {
        var standardisation = data.Standardise(fold.Train);
        using var fusion = choice.Build(shape, (seed * 100) + fold.Index, device);
        using var task = new FusionTask(config, data, fold, standardisation, fusion, seed, device);
        var result = new Trainer(config.Training with { Seed = seed }).Run(task, folder, progress: null, cancel);
        if (folder is not null) FittedFusion.Save(folder, config, data, fusion, standardisation);
        using var scope = NewDisposeScope();
        var shown = MissingModalities.Run(fusion, data.Batch(data.Test, standardisation, device));
        return (result, [.. shown.Select(entry => entry.Logits)]);
    }

    // The mean of logits goes through one softmax.
    private static Decisions Decide(FusionData data, float[] logits)
    {
        using var scope = NewDisposeScope();
        var (corpus, classes) = (data.Corpus, data.Corpus.Emotions.Count);
        var probabilities = tensor(logits, new long[] { data.Test.Count, classes }).to(ScalarType.Float64).softmax(1).data<double>().ToArray();
        return new Decisions(
            corpus.Emotions,
            [.. data.Test.Select(clip => corpus.Clips[clip].Id)],
            [.. data.Test.Select(clip => corpus.Clips[clip].Speaker)],
            [.. data.Test.Select(clip => corpus.Labels[clip])],
            [.. probabilities.Chunk(classes)]);
    }
}
