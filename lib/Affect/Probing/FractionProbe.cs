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
    /// <param name="probe">What reads the emotion; null: a <see cref="LinearProbe"/> with the config's penalties.</param>
    /// <param name="progress">Receives progress after every few fits; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">The table has several layers, or a share leaves too little to learn from.</exception>
    public static FractionCurve Run(
        string name, FeatureTable features, Corpus corpus, IReadOnlyList<Fold> folds, FractionConfig? config = null, IProbe? probe = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        return Run(name, _ => features, corpus, _ => folds, config, probe, progress, cancel);
    }

    /// <summary>
    /// Probes features that differ from seed to seed, from fold to fold and perhaps from share to share, as those of a network that was trained once for each
    /// and may not have met a fold's speakers.
    /// </summary>
    /// <param name="name">What the features are, in words.</param>
    /// <param name="featuresOf">The features of a seed, fold and share, always of the same clips; a table of one layer. Asked for one at a time, in no promised order.</param>
    /// <param name="corpus">The corpus.</param>
    /// <param name="foldsOf">Its divisions by seed; every seed's hold out the same clips.</param>
    /// <param name="config">How; null: the defaults.</param>
    /// <param name="probe">What reads the emotion; null: a <see cref="LinearProbe"/> with the config's penalties.</param>
    /// <param name="progress">Receives progress after every few fits, from several threads; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">A table has several layers, seeds hold out different clips, or a share leaves too little to learn from.</exception>
    public static FractionCurve Run(
        string name, Func<FractionCase, FeatureTable> featuresOf, Corpus corpus, Func<int, IReadOnlyList<Fold>> foldsOf, FractionConfig? config = null,
        IProbe? probe = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(featuresOf);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(foldsOf);
        config ??= new FractionConfig();
        var folds = config.Seeds.ToDictionary(seed => seed, foldsOf);
        // Small problems by the dozen: one fold per core at a time.
        FractionCase[] cases =
        [
            .. from fraction in config.Fractions
               from seed in config.Seeds
               from fold in folds[seed]
               select new FractionCase(seed, fold, fraction),
        ];
        var decided = new (int Labels, IEnumerable<(int Clip, int Decision)> Decisions)[cases.Length];
        var places = corpus.Clips.Index().ToDictionary(item => item.Item.Id, item => item.Index, StringComparer.Ordinal);
        var counter = new WorkCounter(progress, $"Probing {name}", cases.Length, "probes");
        counter.Begin();
        Lock asking = new();
        Workers.Run(cases.Length, CPU, index =>
        {
            cancel.ThrowIfCancellationRequested();
            FeatureTable features;
            lock (asking) features = featuresOf(cases[index]);
            var (labels, curve) = Probe(TaskOf(features, corpus, cases[index].Fold), cases[index], config, probe, cancel);
            decided[index] = (labels, curve.ClipIds.Zip(curve.Layers[0].Predicted, (id, decision) => (places[id], decision)));
            counter.Add();
        });
        // By clip: seeds may divide into folds of their own, and are compared clip by clip.
        int[][] held = [.. config.Seeds.Select(seed => InOrder(config.Fractions[0], seed).Select(one => one.Clip).ToArray())];
        foreach (var (seed, clips) in config.Seeds.Zip(held))
            if (!clips.SequenceEqual(held[0]))
                throw new ArgumentException($"foldsOf must hold out the same clips for every seed, but seed {config.Seeds[0]} holds out {held[0].Length} and seed {seed} {clips.Length} others.", nameof(foldsOf));
        int[] targets = [.. held[0].Select(clip => corpus.Labels[clip])];
        string[] speakers = [.. held[0].Select(clip => corpus.Clips[clip].Speaker)];
        var jackknife = new SpeakerJackknife(speakers);
        return new FractionCurve
        {
            Name = name,
            Config = config,
            Points = [.. config.Fractions.Select(Score)],
            ClipIds = [.. held[0].Select(clip => corpus.Clips[clip].Id)],
            Targets = targets,
            Speakers = speakers,
            Classes = corpus.Emotions.Count,
        };

        IEnumerable<(int Labels, IEnumerable<(int Clip, int Decision)> Decisions)> Of(double fraction, int seed) =>
            cases.Zip(decided).Where(one => one.First.Fraction == fraction && one.First.Seed == seed).Select(one => one.Second);

        IEnumerable<(int Clip, int Decision)> InOrder(double fraction, int seed) => Of(fraction, seed).SelectMany(one => one.Decisions).OrderBy(one => one.Clip);

        FractionScore Score(double fraction)
        {
            int[][] runs = [.. config.Seeds.Select(seed => InOrder(fraction, seed).Select(one => one.Decision).ToArray())];
            return new FractionScore
            {
                Fraction = fraction,
                Labels = config.Seeds.SelectMany(seed => Of(fraction, seed)).Average(one => one.Labels),
                Waf = jackknife.Table(targets, runs, corpus.Emotions.Count, Metric.Waf).Score(config.IntervalLevel, targets.Length),
                WafBySeed = [.. runs.Select(run => Scores.Of(targets, run, corpus.Emotions.Count).Value(Metric.Waf))],
                Predicted = [.. runs.SelectMany(run => run)],
            };
        }
    }

    /// <summary>The clips of a fold whose labels are known at a share of them, by name: those that a run learns from.</summary>
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
    private static (int Labels, LayerCurve Curve) Probe(
        ProbeTask whole, FractionCase which, FractionConfig config, IProbe? probe, CancellationToken cancel)
    {
        var known = Draw(whole, whole.Folds[0], which.Fraction, which.Seed);
        var task = new ProbeTask(whole.Features, whole.Labels, whole.Speakers, [whole.Folds[0] with { Train = known }], whole.Emotions);
        var how = new ProbeConfig
        {
            Penalties = config.Penalties,
            NormaliseBySpeaker = config.NormaliseBySpeaker,
            WeightedSum = false,
            Similarity = false,
        };
        return (known.Length, LayerProbe.Run(task, how, probe, cancel: cancel));
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
