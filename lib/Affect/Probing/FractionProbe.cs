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
        ArgumentNullException.ThrowIfNull(featuresOf);
        config ??= new FractionConfig();
        var tables = config.Seeds.Distinct().ToDictionary(seed => seed, featuresOf);
        return Run(name, which => tables[which.Seed], corpus, _ => folds, config, progress, cancel);
    }

    /// <summary>Probes features that differ from seed to seed, from fold to fold and perhaps from share to share, as those of a network that may not have met a fold's speakers.</summary>
    /// <param name="name">What the features are, in words.</param>
    /// <param name="featuresOf">The features of a seed, fold and share, always of the same clips; a table of one layer.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="foldsOf">Its divisions by seed; every seed's hold out the same clips.</param>
    /// <param name="config">How; null: the defaults.</param>
    /// <param name="progress">Counts fits, from several threads.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">A table has several layers, seeds hold out different clips, or a share leaves too little to learn from.</exception>
    public static FractionCurve Run(
        string name, Func<FractionCase, FeatureTable> featuresOf, Corpus corpus, Func<int, IReadOnlyList<Fold>> foldsOf, FractionConfig? config = null, IProgress<WorkProgress>? progress = null,
        CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(featuresOf);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(foldsOf);
        config ??= new FractionConfig();
        var folds = config.Seeds.Distinct().ToDictionary(seed => seed, foldsOf);
        string[]? held = null;
        var points = new List<FractionScore>();
        var places = corpus.Clips.Index().ToDictionary(item => item.Item.Id, item => item.Index, StringComparer.Ordinal);
        int[] targets = [];
        string[] speakers = [];
        SpeakerJackknife? jackknife = null;
        // Small problems by the dozen: one fold per core at a time.
        FractionCase[] cases = [.. config.Fractions.SelectMany(fraction => config.Seeds.SelectMany(seed => folds[seed].Select(fold => new FractionCase(seed, fold, fraction))))];
        var decisions = new (int Labels, List<(string Clip, int Decision)> Decided)[cases.Length];
        var counter = new WorkCounter(progress, $"Probing {name}", cases.Length, "probes");
        counter.Begin();
        Lock asking = new();
        Workers.Run(cases.Length, torch.CPU, index =>
        {
            cancel.ThrowIfCancellationRequested();
            FeatureTable features;
            lock (asking) features = featuresOf(cases[index]);
            List<(string, int)> decided = [];
            decisions[index] = (Decide(TaskOf(features, corpus, cases[index].Fold), cases[index].Fraction, cases[index].Seed, config, (clip, decision) => decided.Add((clip, decision)), cancel), decided);
            counter.Add();
        });
        var next = 0;
        foreach (var fraction in config.Fractions)
        {
            var predicted = new List<int>();
            var labels = 0;
            foreach (var seed in config.Seeds)
            {
                var decided = new SortedDictionary<int, int>(); // by clip: seeds may divide into folds of their own, and are compared clip by clip
                foreach (var (known, judged) in decisions.AsSpan(next, folds[seed].Count))
                {
                    labels += known;
                    foreach (var (clip, decision) in judged) decided.Add(places[clip], decision);
                }
                next += folds[seed].Count;
                string[] clips = [.. decided.Keys.Select(place => corpus.Clips[place].Id)];
                if (held is null)
                {
                    held = clips;
                    targets = [.. decided.Keys.Select(place => corpus.Labels[place])];
                    speakers = [.. decided.Keys.Select(place => corpus.Clips[place].Speaker)];
                    jackknife = new SpeakerJackknife(speakers);
                }
                else if (!held.SequenceEqual(clips, StringComparer.Ordinal))
                {
                    throw new ArgumentException($"foldsOf must hold out the same clips for every seed, but seed {config.Seeds[0]} holds out {held.Length} and seed {seed} {clips.Length} others.", nameof(foldsOf));
                }
                predicted.AddRange(decided.Values);
            }
            points.Add(new FractionScore
            {
                Fraction = fraction,
                Labels = (double)labels / config.Seeds.Sum(seed => folds[seed].Count),
                Waf = jackknife!.Table(targets, [.. predicted.Chunk(targets.Length)], corpus.Emotions.Count, Metric.Waf).Score(config.IntervalLevel, targets.Length),
                WafBySeed = [.. predicted.Chunk(targets.Length).Select(run => Scores.Of(targets, run, corpus.Emotions.Count).Value(Metric.Waf))],
                Predicted = predicted,
            });
        }
        return new FractionCurve
        {
            Name = name,
            Config = config,
            Points = points,
            ClipIds = held!,
            Targets = targets,
            Speakers = speakers,
            Classes = corpus.Emotions.Count,
        };
    }

    /// <summary>The clips of a fold whose labels are known at a share of them, by name: those that <see cref="Run(string, FeatureTable, Corpus, IReadOnlyList{Fold}, FractionConfig?, IProgress{WorkProgress}?, CancellationToken)"/> learns from.</summary>
    /// <param name="features">Any features of the clips.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="which">The seed, fold and share.</param>
    /// <exception cref="ArgumentException">The table has several layers.</exception>
    public static IReadOnlyList<string> Known(FeatureTable features, Corpus corpus, FractionCase which)
    {
        ArgumentNullException.ThrowIfNull(which);
        var task = TaskOf(features, corpus, which.Fold);
        return [.. Draw(task, task.Folds[0], which.Fraction, which.Seed).Select(clip => task.Features.ClipIds[clip])];
    }

    private static ProbeTask TaskOf(FeatureTable features, Corpus corpus, Fold fold) => features.Layers == 1
        ? ProbeTask.Of(features, corpus, [fold])
        : throw new ArgumentException($"features must have one layer, but have {features.Layers}; choose one.", nameof(features));

    // Each fold by itself: with folds of one task, a clip whose label is hidden in one would be a label in another's choice of C.
    private static int Decide(ProbeTask whole, double fraction, int seed, FractionConfig config, Action<string, int> decide, CancellationToken cancel)
    {
        var known = Draw(whole, whole.Folds[0], fraction, seed);
        var task = new ProbeTask(whole.Features, whole.Labels, whole.Speakers, [whole.Folds[0] with { Train = known }], whole.Emotions);
        var curve = LayerProbe.Run(
            task,
            new ProbeConfig
            {
                Penalties = config.Penalties,
                NormaliseBySpeaker = config.NormaliseBySpeaker,
                WeightedSum = false,
                Similarity = false,
            },
            cancel: cancel);
        foreach (var (place, clip) in task.Held.Index()) decide(whole.Features.ClipIds[clip], curve.Layers[0].Predicted[place]);
        return known.Length;
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
