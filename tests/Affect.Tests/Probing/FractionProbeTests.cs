using Affect.Data;
using Affect.Features;
using Affect.Probing;

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
    public void Features_of_a_seed_are_asked_for_by_the_seed()
    {
        var (corpus, clear) = Planted(0.6);
        var asked = new List<int>();
        FractionProbe.Run("both", seed => { asked.Add(seed); return clear; }, corpus, corpus.Folds(2), new FractionConfig { Fractions = [0.2], Seeds = [4, 9], Penalties = [1] });
        Assert.Equal([4, 9], asked);
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
