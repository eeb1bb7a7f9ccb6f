namespace Affect.Probing;

/// <summary>Measures how well emotion can be read from every layer of an encoder: a probe per layer on pooled features, scored on speakers that it has not heard.</summary>
/// <remarks>
/// A probe's penalty is chosen anew in each fold and layer by the pooled score on inner held-out speakers (<see cref="FoldPlan"/>), of equal ones the
/// strongest; so no clip that is reported has been chosen by. Probing by fold and layer is this project's reading of arXiv:2409.05015, whose own
/// probe is not published.
/// </remarks>
public static class LayerProbe
{
    /// <summary>Probes every layer.</summary>
    /// <param name="task">What to probe.</param>
    /// <param name="config">How to probe; null takes the defaults.</param>
    /// <param name="probe">
    /// What reads the emotion; null: a <see cref="LinearProbe"/> with the config's penalties. Another probe uses its own, and has no weighted sum of layers.
    /// </param>
    /// <param name="device">Where to compute; null is the processor.</param>
    /// <param name="progress">Receives progress after every few fitted probes; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">There is too little to choose C by.</exception>
    public static LayerCurve Run(
        ProbeTask task, ProbeConfig? config = null, IProbe? probe = null,
        Device? device = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        config ??= new ProbeConfig();
        device ??= CPU;
        var report = Fit(task, config, probe ?? new LinearProbe(config), hasChoice: true, device, progress, cancel);
        task = report.Task;
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
            Unsettled = report.Unsettled,
            WeightedSum = config.WeightedSum && hasLayers && probe is null or LinearProbe ? WeightLayers(report, device, progress, cancel) : null,
            Similarity = config.Similarity && hasLayers ? Similarity(task, config, device) : null,
        };
    }

    /// <summary>
    /// Every layer with every C, each used in all folds alike. For looking at and for comparing solvers: choosing by these scores would be
    /// choosing on the clips that are reported.
    /// </summary>
    /// <returns><c>[layer][penalty]</c></returns>
    /// <inheritdoc cref="Run(ProbeTask, ProbeConfig?, IProbe?, Device?, IProgress{WorkProgress}?, CancellationToken)"/>
    public static IReadOnlyList<IReadOnlyList<PenaltyScore>> Grid(
        ProbeTask task, ProbeConfig? config = null, IProbe? probe = null,
        Device? device = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        config ??= new ProbeConfig();
        var report = Fit(task, config, probe ?? new LinearProbe(config), hasChoice: false, device ?? CPU, progress, Interruption.Or(cancel));
        return [.. Enumerable.Range(0, report.Task.Features.Layers).Select(report.Penalties)];
    }

    private static ProbeReport Fit(
        ProbeTask task, ProbeConfig config, IProbe probe, bool hasChoice, Device device, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(task);
        var plan = FoldPlan.Of(task, hasChoice && probe.Penalties.Count > 1);
        if (config.NormaliseBySpeaker) task = task.NormaliseBySpeaker();
        return new ProbeReport(task, config, probe.Penalties, plan, ProbeGrid.Solve(task, plan, probe, device, progress, cancel));
    }

    // A fold takes the C that the layer with the highest inner score has chosen, which saw training clips only.
    private static WeightedSumScore WeightLayers(ProbeReport report, Device device, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var task = report.Task;
        var decided = new int[task.Labels.Count];
        var weights = new IReadOnlyList<double>[task.Folds.Count];
        var penalties = new double[task.Folds.Count];
        var counter = new WorkCounter(progress, "Weighting layers", task.Folds.Count, "folds");
        Workers.Run(task.Folds.Count, device, f =>
        {
            using var scope = NewDisposeScope();
            penalties[f] = report.PenaltyOfBestLayer(f);
            var (features, labels) = task.Part(task.Folds[f].Train, device);
            var fitted = new WeightedSumProbe(penalties[f]).Fit(features, labels, cancel);
            weights[f] = fitted.Weights;
            var held = task.Folds[f].Held;
            foreach (var (clip, decision) in held.Zip(fitted.Predict(task.Part(held, device).Features))) decided[clip] = decision;
            counter.Add();
        });
        int[] answers = [.. task.Held.Select(clip => decided[clip])];
        return new WeightedSumScore
        {
            Weights = [.. Enumerable.Range(0, task.Features.Layers).Select(layer => weights.Average(fold => fold[layer]))],
            FoldWeights = weights,
            Waf = report.Interval(answers, Metric.Waf),
            Uar = report.Interval(answers, Metric.Uar),
            Accuracy = report.Interval(answers, Metric.Accuracy),
            Folds = report.Folds(answers, fold => penalties[fold]),
            Predicted = answers,
        };
    }

    private static IReadOnlyList<IReadOnlyList<double>> Similarity(ProbeTask task, ProbeConfig config, Device device)
    {
        using var scope = NewDisposeScope();
        var clips = (int[])task.Held.Clone();
        new SeededRandom(config.Seed, "similarity").Shuffle<int>(clips);
        return LinearCka.Between(task.Part([.. clips.Take(config.SimilarityClips).Order()], device).Features);
    }
}
