namespace Affect.Tests.Probing;

public sealed class FractionProbeTests
{
    [Fact]
    public void Labels_of_a_smaller_share_are_among_those_of_a_larger_one_and_every_class_keeps_one()
    {
        var (corpus, features) = Planted(0.5);
        var task = ProbeTask.Of(features, corpus, corpus.Folds(3));
        int[]? smaller = null;
        foreach (var fraction in new[] { 0.02, 0.1, 0.5, 1 })
        {
            var known = FractionProbe.Draw(task, task.Folds[0], fraction, seed: 1);
            Assert.Equal(3, known.Select(clip => task.Labels[clip]).Distinct().Count());
            if (smaller is not null) Assert.Superset(smaller.ToHashSet(), known.ToHashSet());
            Assert.Subset(task.Folds[0].Train.ToHashSet(), known.ToHashSet());
            smaller = known;
        }
        Assert.Equal(task.Folds[0].Train.Count, smaller!.Length);
        Assert.NotEqual(FractionProbe.Draw(task, task.Folds[0], 0.1, seed: 1), FractionProbe.Draw(task, task.Folds[0], 0.1, seed: 2));
    }

    [Fact]
    public void More_labels_and_clearer_features_score_higher()
    {
        var (corpus, clear) = Planted(0.6);
        var (_, noisy) = Planted(2.5);
        var config = new FractionConfig { Fractions = [0.05, 1], Seeds = [1, 2], Penalties = [0.1, 1] };
        var one = FractionProbe.Run("clear", clear, corpus, corpus.Folds(3), config);
        var other = FractionProbe.Run("noisy", noisy, corpus, corpus.Folds(3), config);

        Assert.True(one.Points[1].Waf.Value > other.Points[1].Waf.Value);
        Assert.True(other.Points[1].Waf.Value > other.Points[0].Waf.Value);
        Assert.Equal(2, one.Points[0].WafBySeed.Count);
        Assert.Equal(2 * one.ClipIds.Count, one.Points[0].Predicted.Count);
        var gain = one.Compare(other);
        Assert.Equal(one.Points[1].Waf.Value - other.Points[1].Waf.Value, gain[1].Difference.Value, 1e-12);
        Assert.True(gain[1].IsDistinguishable);
        Assert.False(one.Compare(one)[0].IsDistinguishable);
    }

    [Fact]
    public void Features_of_a_seed_fold_and_share_are_asked_for_by_them_and_seeds_may_divide_differently()
    {
        var (corpus, clear) = Planted(0.6);
        var asked = new List<(int Seed, int Fold, double Fraction)>();
        FeatureTable Of(FractionCase which)
        {
            asked.Add((which.Seed, which.Fold.Index, which.Fraction));
            return clear;
        }
        var config = new FractionConfig { Fractions = [0.2, 1], Seeds = [4, 9], Penalties = [1] };
        var own = FractionProbe.Run("own", Of, corpus, seed => corpus.Folds(3, seed), config);
        // One at a time, but in no promised order: folds are probed side by side.
        (int, int, double)[] each = [.. from fraction in config.Fractions from seed in config.Seeds from fold in Enumerable.Range(0, 3) select (seed, fold, fraction)];
        Assert.Equal(each.Order(), asked.Order());
        Assert.Equal(corpus.Clips.Select(clip => clip.Id), own.ClipIds);
        Assert.False(own.Compare(FractionProbe.Run("again", _ => clear, corpus, seed => corpus.Folds(3, seed), config))[0].IsDistinguishable);
        Assert.Contains(
            "must hold out the same clips for every seed",
            Assert.Throws<ArgumentException>(() => FractionProbe.Run("odd", _ => clear, corpus, seed => [corpus.Folds(3, 1)[seed == 4 ? 0 : 1]], config)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_depend_on_the_fold_are_read_within_it_alone()
    {
        // In each fold's table, the other folds' held-out clips are noise: whoever reads a fold's decisions from another's table falls to chance.
        var (corpus, clear) = Planted(0.3);
        var folds = corpus.Folds(3);
        FeatureTable Of(FractionCase which)
        {
            var values = (float[])clear.Values.Clone();
            var random = new SeededRandom(which.Fold.Index);
            foreach (var other in folds.Where(fold => fold.Index != which.Fold.Index))
                foreach (var clip in other.Held.Take(other.Held.Count / 8)) (values[2 * clip], values[2 * clip + 1]) = ((float)random.Normal(), (float)random.Normal());
            return new FeatureTable(clear.ClipIds, values, 1, 2);
        }
        var curve = FractionProbe.Run("by fold", Of, corpus, _ => folds, new FractionConfig { Fractions = [1], Seeds = [1], Penalties = [0.1, 1] });
        Assert.True(curve.Points[0].Waf.Value > 0.95, $"{curve.Points[0].Waf}");
    }

    [Fact]
    public void Normalising_by_speaker_takes_away_what_tells_speakers_apart_without_a_label()
    {
        var (corpus, clear) = Planted(0.3);
        var values = (float[])clear.Values.Clone();
        for (var clip = 0; clip < values.Length / 2; clip++) (values[2 * clip], values[2 * clip + 1]) = (values[2 * clip] * (1 + clip % 6) + 9 * (clip % 6), values[2 * clip + 1] - 7 * (clip % 6));
        var moved = new FeatureTable(clear.ClipIds, values, 1, 2);
        var config = new FractionConfig { Fractions = [0.2], Seeds = [1], Penalties = [0.1, 1] };
        var plain = FractionProbe.Run("plain", moved, corpus, corpus.Folds(3), config);
        var normalised = FractionProbe.Run("normalised", moved, corpus, corpus.Folds(3), config with { NormaliseBySpeaker = true });
        Assert.True(normalised.Points[0].Waf.Value > plain.Points[0].Waf.Value + 0.2, $"{plain.Points[0].Waf} {normalised.Points[0].Waf}");
    }

    [Fact]
    public void Shares_that_make_no_sense_and_curves_that_do_not_compare_are_refused()
    {
        Assert.Contains("above 0 and at most 1, ascending", Assert.Throws<ArgumentException>(() => new FractionConfig { Fractions = [0.5, 0.1] }).Message, StringComparison.Ordinal);
        var (corpus, clear) = Planted(0.6);
        var one = FractionProbe.Run("one", clear, corpus, corpus.Folds(2), new FractionConfig { Fractions = [0.2], Seeds = [1], Penalties = [1] });
        var other = FractionProbe.Run("other", clear, corpus, corpus.Folds(2), new FractionConfig { Fractions = [0.3], Seeds = [1], Penalties = [1] });
        Assert.Throws<ArgumentException>(() => one.Compare(other));
    }

    // 120 clips of 6 speakers and 3 classes; two numbers that tell the class, drowned in noise.
    private static (Corpus Corpus, FeatureTable Features) Planted(double noise)
    {
        var random = new SeededRandom(5);
        var (clips, values) = (new List<Clip>(), new List<float>());
        for (var i = 0; i < 120; i++)
        {
            var label = i / 6 % 3;
            clips.Add(new Clip { Id = FormattableString.Invariant($"clip {i:000}"), Speaker = FormattableString.Invariant($"s{i % 6}"), Emotion = ((string[])["a", "b", "c"])[label], Split = SplitNames.Train });
            values.Add((float)(Math.Cos(2 * label) + noise * random.Normal()));
            values.Add((float)(Math.Sin(2 * label) + noise * random.Normal()));
        }
        return (new Corpus("planted", ".", new EmotionSet(["a", "b", "c"]), clips), new FeatureTable([.. clips.Select(clip => clip.Id)], [.. values], 1, 2));
    }
}
