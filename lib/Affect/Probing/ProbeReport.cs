namespace Affect.Probing;

/// <summary>Chooses C in every fold and gathers the scores of what was decided about clips held out.</summary>
internal sealed class ProbeReport
{
    private readonly ProbeTask task;
    private readonly ProbeConfig config;
    private readonly FoldPlan plan;
    private readonly ProbeGrid grid;
    private readonly int[] foldOf;

    internal ProbeReport(ProbeTask task, ProbeConfig config, FoldPlan plan, ProbeGrid grid)
    {
        (this.task, this.config, this.plan, this.grid) = (task, config, plan, grid);
        foldOf = new int[task.Labels.Count];
        for (var fold = 0; fold < task.Folds.Count; fold++)
            foreach (var clip in task.Folds[fold].Held) foldOf[clip] = fold;
        Targets = [.. task.Held.Select(clip => task.Labels[clip])];
        Speakers = new SpeakerJackknife([.. task.Held.Select(clip => task.Speakers[clip])]);
    }

    /// <summary>The true classes of the clips held out.</summary>
    internal int[] Targets { get; }

    /// <summary>Who speaks in the clips held out.</summary>
    internal SpeakerJackknife Speakers { get; }

    internal LayerScore Layer(int layer)
    {
        var chosen = Enumerable.Range(0, task.Folds.Count).Select(fold => Choose(layer, fold).Penalty).ToArray();
        int[] predicted = [.. task.Held.Select(clip => grid.Decision(layer, chosen[foldOf[clip]], plan.Outer[foldOf[clip]], clip))];
        var scores = Scores.Of(Targets, predicted, task.Emotions.Count);
        return new LayerScore
        {
            Layer = task.Features.FirstLayer + layer,
            Waf = Interval(predicted, Metric.Waf),
            Uar = Interval(predicted, Metric.Uar),
            Accuracy = Interval(predicted, Metric.Accuracy),
            MacroF1 = scores.MacroF1,
            PerClassF1 = scores.PerClassF1,
            LogLoss = -task.Held.Average(clip => LayerProbe.Clipped(grid.LogLikelihood(layer, chosen[foldOf[clip]], plan.Outer[foldOf[clip]], clip))),
            Folds = Folds(predicted, fold => config.Penalties[chosen[fold]]),
            Penalties = Penalties(layer),
            Predicted = predicted,
        };
    }

    internal IReadOnlyList<PenaltyScore> Penalties(int layer) => [.. config.Penalties.Select((c, penalty) =>
    {
        int[] predicted = [.. task.Held.Select(clip => grid.Decision(layer, penalty, plan.Outer[foldOf[clip]], clip))];
        var scores = Scores.Of(Targets, predicted, task.Emotions.Count);
        return new PenaltyScore
        {
            Penalty = c, Waf = scores.Waf, Uar = scores.Uar, Accuracy = scores.Accuracy,
            LogLoss = -task.Held.Average(clip => LayerProbe.Clipped(grid.LogLikelihood(layer, penalty, plan.Outer[foldOf[clip]], clip))),
        };
    })];

    /// <summary>The C that a fold's training part chooses for a layer, and the inner score that it was chosen by.</summary>
    internal (int Penalty, double Score) Choose(int layer, int fold)
    {
        var best = (Penalty: 0, Score: double.NegativeInfinity);
        var inner = plan.Inner[fold];
        if (inner.Length == 0) return (0, 0);
        int[] targets = [.. inner.SelectMany(part => part.Clips).Select(clip => task.Labels[clip])];
        for (var penalty = 0; penalty < config.Penalties.Count; penalty++)
        {
            int[] predicted = [.. inner.SelectMany(part => part.Clips.Select(clip => grid.Decision(layer, penalty, part.Training, clip)))];
            var score = Scores.Of(targets, predicted, task.Emotions.Count).Value(config.Criterion);
            if (score > best.Score + 1e-12) best = (penalty, score); // of equal ones the strongest penalty
        }
        return best;
    }

    /// <summary>The C of the layer whose inner score is highest in a fold.</summary>
    internal double PenaltyOfBestLayer(int fold) =>
        config.Penalties[Enumerable.Range(0, task.Features.Layers).Select(layer => Choose(layer, fold)).MaxBy(choice => choice.Score).Penalty];

    internal IReadOnlyList<FoldScore> Folds(int[] predicted, Func<int, double> penalty) => [.. task.Folds.Select((fold, f) =>
    {
        var places = Enumerable.Range(0, task.Held.Length).Where(place => foldOf[task.Held[place]] == f).ToArray();
        var scores = Scores.Of([.. places.Select(place => Targets[place])], [.. places.Select(place => predicted[place])], task.Emotions.Count);
        return new FoldScore
        {
            Fold = fold.Index, Clips = places.Length, Penalty = penalty(f),
            Waf = scores.Waf, Uar = scores.Uar, Accuracy = scores.Accuracy, MacroF1 = scores.MacroF1,
        };
    })];

    internal Interval Interval(int[] predicted, Metric metric) => Speakers.Of(Targets, predicted, task.Emotions.Count, metric, config.IntervalLevel);
}
