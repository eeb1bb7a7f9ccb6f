namespace Affect.Probing;

/// <summary>
/// Measures how well emotion can be read, linearly, from every layer of an encoder: a multinomial logistic regression per layer on pooled
/// features, scored on speakers that it has not heard.
/// </summary>
/// <remarks>
/// The regression: sum of the losses over the training clips + ‖W‖² / (2C), bias free; features standardised on the training clips
/// (population deviation). C is chosen anew in each fold and layer by the pooled score on inner held-out speakers
/// (<see cref="FoldPlan"/>), of equal ones the strongest penalty; so no clip that is reported has been chosen by.
/// Probing by fold and layer is this project's reading of arXiv:2409.05015, whose own probe is not published.
/// </remarks>
public static class LayerProbe
{
    // Probabilities below this count as this in the log-loss, as a class that a training part lacks would otherwise cost infinitely much.
    private const double LeastLogLikelihood = -34.538776394910684; // ln 1e-15

    /// <summary>Probes every layer.</summary>
    /// <param name="features">The features of the corpus's clips.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="folds">Its folds.</param>
    /// <param name="config">How to probe; null takes the defaults.</param>
    /// <param name="device">Where to compute; null is the processor.</param>
    /// <param name="progress">Counts fitted probes.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">As for <see cref="ProbeTask"/>; or there is too little to choose C by.</exception>
    public static LayerCurve Run(
        FeatureTable features, Corpus corpus, IReadOnlyList<Fold> folds,
        ProbeConfig? config = null, Device? device = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default) =>
        Run(ProbeTask.Of(features, corpus, folds), config, device, progress, cancel);

    /// <summary>Probes every layer.</summary>
    /// <param name="task">What to probe.</param>
    /// <param name="config">How to probe; null takes the defaults.</param>
    /// <param name="device">Where to compute; null is the processor.</param>
    /// <param name="progress">Counts fitted probes.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">There is too little to choose C by.</exception>
    public static LayerCurve Run(
        ProbeTask task, ProbeConfig? config = null, Device? device = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(task);
        config ??= new ProbeConfig();
        device ??= CPU;
        var plan = FoldPlan.Of(task, hasChoice: config.Penalties.Count > 1);
        var values = config.NormaliseBySpeaker ? SpeakerNormalisation.Apply(task.Features.Values, task.Features.Layers * task.Features.Dims, task.Speakers) : task.Features.Values;
        var grid = ProbeGrid.Solve(task, values, plan, config.Penalties, device, progress, cancel);
        var report = new ProbeReport(task, config, plan, grid);
        var hasLayers = task.Features.Layers > 1;
        return new LayerCurve
        {
            Corpus = task.Corpus,
            IsSynthetic = task.IsSynthetic,
            Config = config,
            Emotions = task.Emotions,
            ClipIds = [.. task.Held.Select(clip => task.Features.ClipIds[clip])],
            Targets = report.Targets,
            Speakers = [.. task.Held.Select(clip => task.Speakers[clip])],
            Folds = task.Folds.Count,
            Chance = ChanceLevel.Of(report.Targets, task.Emotions.Count),
            Layers = [.. Enumerable.Range(0, task.Features.Layers).Select(report.Layer)],
            Unsettled = grid.Unsettled,
            WeightedSum = config.WeightedSum && hasLayers ? WeightedSumProbe.Run(task, values, report, device, progress, cancel) : null,
            Similarity = config.Similarity && hasLayers ? Similarity(task, values, config, device) : null,
        };
    }

    /// <summary>
    /// Every layer with every C, each used in all folds alike. For looking at and for comparing solvers: choosing by these scores would be
    /// choosing on the clips that are reported.
    /// </summary>
    /// <param name="task">What to probe.</param>
    /// <param name="config">How to probe; null takes the defaults.</param>
    /// <param name="device">Where to compute; null is the processor.</param>
    /// <param name="progress">Counts fitted probes.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns><c>[layer][penalty]</c></returns>
    public static IReadOnlyList<IReadOnlyList<PenaltyScore>> Grid(
        ProbeTask task, ProbeConfig? config = null, Device? device = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(task);
        config ??= new ProbeConfig();
        var plan = FoldPlan.Of(task, hasChoice: false);
        var values = config.NormaliseBySpeaker ? SpeakerNormalisation.Apply(task.Features.Values, task.Features.Layers * task.Features.Dims, task.Speakers) : task.Features.Values;
        var grid = ProbeGrid.Solve(task, values, plan, config.Penalties, device ?? CPU, progress, cancel);
        var report = new ProbeReport(task, config, plan, grid);
        return [.. Enumerable.Range(0, task.Features.Layers).Select(report.Penalties)];
    }

    internal static double Clipped(double logLikelihood) => Math.Max(logLikelihood, LeastLogLikelihood);

    private static IReadOnlyList<IReadOnlyList<double>> Similarity(ProbeTask task, float[] values, ProbeConfig config, Device device)
    {
        using var scope = NewDisposeScope();
        var clips = (int[])task.Held.Clone();
        new SeededRandom(config.Seed, "similarity").Shuffle<int>(clips);
        long[] chosen = [.. clips.Take(config.SimilarityClips).Order().Select(clip => (long)clip)];
        var shape = new long[] { task.Features.ClipIds.Count, task.Features.Layers, task.Features.Dims };
        return LinearCka.Between(tensor(values, shape).index_select(0, tensor(chosen, dtype: int64)).to(device));
    }
}
