using Affect.Data;
using Affect.Evaluation;
using Affect.Features;

namespace Affect.Probing;

/// <summary>
/// Measures what a linear probe reads from features when only a share of the labels is there. The labels are drawn class by class, so that every class keeps
/// one, and those of a smaller share are among those of a larger one; features that are compared are given the same.
/// </summary>
public static class FractionProbe
{
    /// <summary>Probes features at every share of the labels.</summary>
    /// <param name="name">What the features are, in words.</param>
    /// <param name="features">One vector a clip; a table of one layer.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="folds">Its divisions: labels are drawn from each one's training part, decisions made on its held-out part.</param>
    /// <param name="config">How; null: the defaults.</param>
    /// <param name="progress">Counts fits.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">The table has several layers, or a share leaves too little to learn from.</exception>
    public static FractionCurve Run(
        string name, FeatureTable features, Corpus corpus, IReadOnlyList<Fold> folds, FractionConfig? config = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(features);
        return Run(name, _ => features, corpus, folds, config, progress, cancel);
    }

    /// <summary>Probes features that differ from seed to seed, as those of a network that was trained once for each.</summary>
    /// <param name="name">What the features are, in words.</param>
    /// <param name="featuresOf">The features of a seed, always of the same clips; a table of one layer.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="folds">Its divisions.</param>
    /// <param name="config">How; null: the defaults.</param>
    /// <param name="progress">Counts fits.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">A table has several layers, or a share leaves too little to learn from.</exception>
    public static FractionCurve Run(
        string name, Func<int, FeatureTable> featuresOf, Corpus corpus, IReadOnlyList<Fold> folds, FractionConfig? config = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(featuresOf);
        config ??= new FractionConfig();
        var tasks = config.Seeds.ToDictionary(seed => seed, seed => TaskOf(featuresOf(seed), corpus, folds));
        var whole = tasks[config.Seeds[0]];
        var held = whole.Held;
        int[] targets = [.. held.Select(clip => whole.Labels[clip])];
        string[] speakers = [.. held.Select(clip => whole.Speakers[clip])];
        var bootstrap = new SpeakerBootstrap([.. Enumerable.Repeat(speakers, config.Seeds.Count).SelectMany(speaker => speaker)], config.Bootstrap);
        int[] repeated = [.. Enumerable.Repeat(targets, config.Seeds.Count).SelectMany(target => target)];
        var points = new List<FractionScore>();
        foreach (var fraction in config.Fractions)
        {
            var predicted = new List<int>();
            var labels = 0;
            foreach (var seed in config.Seeds)
            {
                cancel.ThrowIfCancellationRequested();
                var (decisions, count) = Decide(tasks[seed], held, fraction, seed, config, cancel);
                predicted.AddRange(decisions);
                labels += count;
                progress?.Report(new WorkProgress($"Probing {name}", points.Count * config.Seeds.Count + predicted.Count / held.Length, config.Fractions.Count * config.Seeds.Count, "probes"));
            }
            points.Add(new FractionScore
            {
                Fraction = fraction,
                Labels = (double)labels / (config.Seeds.Count * folds.Count),
                Waf = bootstrap.Of(repeated, predicted, whole.Emotions.Count, Metric.Waf),
                WafBySeed = [.. predicted.Chunk(held.Length).Select(run => Scores.Of(targets, run, whole.Emotions.Count).Value(Metric.Waf))],
                Predicted = predicted,
            });
        }
        return new FractionCurve
        {
            Name = name,
            Config = config,
            Points = points,
            ClipIds = [.. held.Select(clip => whole.Features.ClipIds[clip])],
            Targets = targets,
            Speakers = speakers,
            Classes = whole.Emotions.Count,
        };
    }

    private static ProbeTask TaskOf(FeatureTable features, Corpus corpus, IReadOnlyList<Fold> folds) => features.Layers == 1
        ? ProbeTask.Of(features, corpus, folds)
        : throw new ArgumentException($"features must have one layer, but have {features.Layers}; choose one.", nameof(features));

    // Each fold by itself: with folds of one task, a clip whose label is hidden in one would be a label in another's choice of C.
    private static (int[] Decisions, int Labels) Decide(ProbeTask whole, int[] held, double fraction, int seed, FractionConfig config, CancellationToken cancel)
    {
        var decided = new Dictionary<int, int>();
        var labels = 0;
        foreach (var fold in whole.Folds)
        {
            var known = Draw(whole, fold, fraction, seed);
            labels += known.Length;
            var task = new ProbeTask(whole.Features, whole.Labels, whole.Speakers, [fold with { Train = known }], whole.Emotions);
            var curve = LayerProbe.Run(task, new ProbeConfig { Penalties = config.Penalties, WeightedSum = false, Similarity = false, Bootstrap = config.Bootstrap with { Resamples = 1 } }, cancel: cancel);
            foreach (var (place, clip) in task.Held.Index()) decided[clip] = curve.Layers[0].Predicted[place];
        }
        return ([.. held.Select(clip => decided[clip])], labels);
    }

    /// <summary>The clips whose labels are known: of each class the share, at least one clip; where they are all of one speaker, one of another's besides.</summary>
    internal static int[] Draw(ProbeTask task, Fold fold, double fraction, int seed)
    {
        if (fraction >= 1) return [.. fold.Train.Order()];
        var (known, rest) = (new List<int>(), new List<int>());
        foreach (var clips in fold.Train.GroupBy(clip => task.Labels[clip]).OrderBy(group => group.Key))
        {
            var order = clips.OrderBy(clip => task.Features.ClipIds[clip], StringComparer.Ordinal).ToArray();
            new SeededRandom(seed, FormattableString.Invariant($"labels of class {clips.Key} in fold {fold.Index}")).Shuffle<int>(order);
            var count = Math.Max(1, (int)Math.Round(fraction * order.Length));
            known.AddRange(order.Take(count));
            rest.AddRange(order.Skip(count));
        }
        var speakers = known.Select(clip => task.Speakers[clip]).Distinct(StringComparer.Ordinal).ToArray();
        if (speakers.Length == 1) known.AddRange(rest.Where(clip => task.Speakers[clip] != speakers[0]).Take(1));
        return [.. known.Order()];
    }
}
