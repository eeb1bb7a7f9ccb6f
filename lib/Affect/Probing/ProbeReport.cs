namespace Affect.Probing;

/// <summary>Chooses C in every fold and gathers the scores of what was decided about clips held out.</summary>
internal sealed class ProbeReport
{
    private readonly ProbeTask task;
    private readonly ProbeConfig config;
    private readonly IReadOnlyList<double> penalties;
    private readonly FoldPlan plan;
    private readonly ProbeGrid grid;
    private readonly int[] foldOf;
    private readonly SpeakerJackknife speakers;

    internal ProbeReport(ProbeTask task, ProbeConfig config, IReadOnlyList<double> penalties, FoldPlan plan, ProbeGrid grid)
    {
        (this.task, this.config, this.penalties, this.plan, this.grid) = (task, config, penalties, plan, grid);
        foldOf = new int[task.Labels.Count];
        for (var fold = 0; fold < task.Folds.Count; fold++)
            foreach (var clip in task.Folds[fold].Held) foldOf[clip] = fold;
        Targets = [.. task.Held.Select(clip => task.Labels[clip])];
        speakers = new SpeakerJackknife([.. task.Held.Select(clip => task.Speakers[clip])]);
    }

    /// <summary>What was probed, after any normalisation.</summary>
    internal ProbeTask Task => task;

    /// <summary>How many fits did not converge.</summary>
    internal int Unsettled => grid.Unsettled;

    /// <summary>The true classes of the clips held out.</summary>
    internal int[] Targets { get; }

    internal LayerScore Layer(int layer)
    {
        int[] chosen = [.. Enumerable.Range(0, task.Folds.Count).Select(fold => Choose(layer, fold).Penalty)];
        var (predicted, logLoss) = Answers(layer, fold => chosen[fold]);
        var scores = Scores.Of(Targets, predicted, task.Emotions.Count);
        return new LayerScore
        {
            Layer = task.Features.FirstLayer + layer,
            Waf = Interval(predicted, Metric.Waf),
            Uar = Interval(predicted, Metric.Uar),
            Accuracy = Interval(predicted, Metric.Accuracy),
            MacroF1 = scores.MacroF1,
            PerClassF1 = scores.PerClassF1,
            LogLoss = logLoss,
            Folds = Folds(predicted, fold => penalties[chosen[fold]]),
            Penalties = Penalties(layer),
            Predicted = predicted,
        };
    }

    internal IReadOnlyList<PenaltyScore> Penalties(int layer) => [.. penalties.Select((c, penalty) =>
    {
        var (predicted, logLoss) = Answers(layer, _ => penalty);
        var scores = Scores.Of(Targets, predicted, task.Emotions.Count);
        return new PenaltyScore { Penalty = c, Waf = scores.Waf, Uar = scores.Uar, Accuracy = scores.Accuracy, LogLoss = logLoss };
    })];

    /// <summary>The C of the layer whose inner score is highest in a fold.</summary>
    internal double PenaltyOfBestLayer(int fold) =>
        penalties[Enumerable.Range(0, task.Features.Layers).Select(layer => Choose(layer, fold)).MaxBy(choice => choice.Score).Penalty];

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

    internal Interval Interval(int[] predicted, Metric metric) => speakers.Of(Targets, predicted, task.Emotions.Count, metric, config.IntervalLevel);

    // The C that a fold's training part chooses for a layer, and the inner score that it was chosen by.
    private (int Penalty, double Score) Choose(int layer, int fold)
    {
        var inner = plan.Inner[fold];
        if (inner.Length == 0) return (0, 0);
        var clips = inner.SelectMany(part => part.Clips.Select(clip => (Clip: clip, Set: part.Training))).ToArray();
        int[] targets = [.. clips.Select(one => task.Labels[one.Clip])];
        double[] scores = [.. Enumerable.Range(0, penalties.Count).Select(Score)];
        var best = LinearProbe.StrongestOfBest(scores);
        return (best, scores[best]);

        double Score(int penalty)
        {
            int[] predicted = [.. clips.Select(one => grid.Decision(layer, penalty, one.Set, one.Clip))];
            return Scores.Of(targets, predicted, task.Emotions.Count).Value(config.Criterion);
        }
    }

    private (int[] Predicted, double LogLoss) Answers(int layer, Func<int, int> penaltyOf)
    {
        var asked = task.Held.Select(clip => (Clip: clip, Penalty: penaltyOf(foldOf[clip]), Set: plan.Outer[foldOf[clip]])).ToArray();
        int[] predicted = [.. asked.Select(one => grid.Decision(layer, one.Penalty, one.Set, one.Clip))];
        return (predicted, -asked.Average(one => grid.LogLikelihood(layer, one.Penalty, one.Set, one.Clip)));
    }
}
