namespace Affect.Fusion;

/// <summary>
/// Trains a fusion by folds and seeds, one fold per core at a time, and says what the folds decide on clips of speakers that they have not met, whichever
/// modalities are shown.
/// </summary>
public static class FusionTraining
{
    /// <summary>Trains one variant on one set of modalities, the same features in every fold.</summary>
    /// <param name="config">How.</param>
    /// <param name="data">The clips with features that have seen no label.</param>
    /// <param name="runFolder">Where records, states, decisions and the trained folds are kept; a run that was interrupted there goes on. Null: nowhere.</param>
    /// <param name="device">Where it is trained; null: the CPU.</param>
    /// <param name="progress">Receives progress after every fold, from several threads; may be null.</param>
    /// <param name="cancel">Ends the work after a step; with a run folder, nothing is lost.</param>
    /// <exception cref="ArgumentException">There is no such fusion, or the clips cannot be divided.</exception>
    /// <exception cref="InvalidOperationException">A loss is no finite number.</exception>
    public static FusionRun Run(
        FusionTrainingConfig config, FusionData data, string? runFolder = null, Device? device = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Run(config, data, (_, _) => data, runFolder, device, progress, cancel);
    }

    /// <summary>
    /// Trains one variant with features that were themselves learned from labels: each fold brings its own, learned without the speakers that it judges.
    /// </summary>
    /// <param name="config">How.</param>
    /// <param name="clips">The clips that are divided.</param>
    /// <param name="dataOf">The features of a seed's fold: the same clips, learned without a speaker of <see cref="OuterFold.Held"/>; where those of <see cref="OuterFold.Choose"/> were met too, the epoch is chosen on features that fit them.</param>
    /// <param name="runFolder">Where records, states, decisions and the trained folds are kept; a run that was interrupted there goes on. Null: nowhere.</param>
    /// <param name="device">Where it is trained; null: the CPU.</param>
    /// <param name="progress">Receives progress after every fold, from several threads; may be null.</param>
    /// <param name="cancel">Ends the work after a step; with a run folder, nothing is lost.</param>
    /// <exception cref="ArgumentException">There is no such fusion, the clips cannot be divided, or a fold's features are of other clips.</exception>
    /// <exception cref="InvalidOperationException">A loss is no finite number.</exception>
    public static FusionRun Run(
        FusionTrainingConfig config, FusionData clips, Func<int, OuterFold, FusionData> dataOf, string? runFolder = null, Device? device = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(dataOf);
        // Asked for here, one after another: who makes features in the fold may use all cores for it.
        Case[] cases = [.. config.Seeds.SelectMany(seed => clips.Folds(config.Folds, seed, config.JudgesTest).Select(fold => new Case(seed, fold, Checked(clips, dataOf(seed, fold)))))];
        var shared = cases.All(one => ReferenceEquals(one.Data, clips)) ? clips.NormaliseSpeakers(config.NormalisesSpeakersOf) : null;
        var trained = new (TrainingResult Result, float[][] Logits)[cases.Length];
        var counter = new WorkCounter(progress, $"Fusing {string.Join(", ", clips.Modalities)}: {config.Variant}", cases.Length, "folds");
        counter.Begin();
        Workers.Run(cases.Length, device ?? CPU, index =>
        {
            cancel.ThrowIfCancellationRequested();
            var (seed, fold, own) = cases[index];
            var data = shared ?? own.NormaliseSpeakers(config.NormalisesSpeakersOf);
            var folder = runFolder is null ? null : FolderOf(runFolder, data.Modalities, seed, fold.Index);
            using var fitted = Fit(config, data, fold, seed, folder, device, cancel: cancel);
            if (folder is not null) fitted.Save(folder);
            trained[index] = (fitted.Training!, fitted.LogitsBySubset(data, fold.Held));
            counter.Add();
        });
        var seeds = new List<FusionSeedRun>();
        foreach (var runs in cases.Zip(trained).Chunk(config.Folds))
        {
            var judged = new LogitSums(clips.Corpus, ModalitySubset.All(clips.Modalities));
            foreach (var (one, result) in runs) judged.Add(one.Fold.Held, result.Logits);
            seeds.Add(new FusionSeedRun { Seed = runs[0].First.Seed, Folds = [.. runs.Select(one => one.Second.Result)], BySubset = judged.Decide() });
        }
        return new FusionRun { Config = config, Modalities = clips.Modalities, Sources = [.. cases[0].Data.Features.Select(features => features.Source)], Seeds = seeds };
    }

    /// <summary>Trains one fusion on what a fold learns from, choosing the epoch by what it chooses by.</summary>
    /// <param name="config">How; its seeds and folds are of no account.</param>
    /// <param name="data">The clips with features.</param>
    /// <param name="fold">The division, positions in the corpus; what it judges is not looked at.</param>
    /// <param name="seed">Seed of weights and order.</param>
    /// <param name="runFolder">Where record and state are kept; null: nowhere.</param>
    /// <param name="device">Where it is trained; null: the CPU.</param>
    /// <param name="progress">Receives progress; may be null.</param>
    /// <param name="cancel">Ends the work after a step.</param>
    /// <returns>The trained fusion, the caller's to dispose.</returns>
    /// <exception cref="InvalidOperationException">A loss is no finite number.</exception>
    public static FittedFusion Fit(
        FusionTrainingConfig config, FusionData data, OuterFold fold, int seed = 1, string? runFolder = null, Device? device = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(fold);
        var shape = new FusionConfig
        {
            Modalities = [.. data.Features.Select(modality => new ModalityInput(modality.Modality, modality.Dims))],
            Classes = data.Corpus.Emotions.Count,
            HiddenSize = config.HiddenSize,
            Dropout = config.Dropout,
        };
        var standardisation = data.Standardise(fold.Train);
        var fusion = config.Fusion.Build(shape, (seed * 100) + fold.Index, device);
        try
        {
            using var task = new FusionTask(config, data, new Fold { Index = fold.Index, Train = fold.Train, Held = fold.Choose }, standardisation, fusion, seed, device);
            var result = new Trainer(config.Training with { Seed = seed }).Run(task, runFolder, progress, cancel);
            return new FittedFusion(config.Fusion, fusion, config.HiddenSize, standardisation, [.. data.Corpus.Emotions], [.. data.Features.Select(modality => modality.Source)]) { Training = result };
        }
        catch
        {
            fusion.Dispose();
            throw;
        }
    }

    /// <summary>The folder of one trained fold within a run's.</summary>
    /// <param name="runFolder">The run's folder.</param>
    /// <param name="modalities">What was trained on.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="fold">The fold, from 0.</param>
    public static string FolderOf(string runFolder, IReadOnlyList<string> modalities, int seed, int fold) =>
        Path.Combine(runFolder, FormattableString.Invariant($"{string.Join('+', modalities)}-seed{seed}-fold{fold}"));

    private static FusionData Checked(FusionData clips, FusionData data) => ReferenceEquals(clips, data) || (data.Labelled.SequenceEqual(clips.Labelled) && data.Modalities.SequenceEqual(clips.Modalities))
        ? data
        : throw new ArgumentException($"dataOf must give the {clips.Labelled.Count} clips and the modalities {string.Join(", ", clips.Modalities)} that are divided, but gave {data.Labelled.Count} with {string.Join(", ", data.Modalities)}.", nameof(data));

    private sealed record Case(int Seed, OuterFold Fold, FusionData Data);
}
