using Affect.Data;
using Affect.Evaluation;

namespace Affect.Tests.Evaluation;

/// <summary>Intervals and comparisons by resampling speakers.</summary>
public sealed class SpeakerBootstrapTests
{
    private const int Classes = 3;

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_seed_another()
    {
        var (target, predicted, speakers) = Clips(speakers: 12, each: 10, right: 0.6);
        Interval Of(int seed) => new SpeakerBootstrap(speakers, new BootstrapConfig { Seed = seed }).Of(target, predicted, Classes, Metric.Waf);
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Fact]
    public void The_order_of_the_clips_does_not_matter()
    {
        var (target, predicted, speakers) = Clips(speakers: 7, each: 9, right: 0.5);
        var order = Enumerable.Range(0, target.Length).ToArray();
        new SeededRandom(3).Shuffle<int>(order);
        var plain = new SpeakerBootstrap(speakers).Of(target, predicted, Classes, Metric.Uar);
        var shuffled = new SpeakerBootstrap([.. order.Select(i => speakers[i])])
            .Of([.. order.Select(i => target[i])], [.. order.Select(i => predicted[i])], Classes, Metric.Uar);
        Assert.Equal(plain, shuffled);
    }

    [Fact]
    public void The_interval_holds_the_value_and_stays_between_zero_and_one()
    {
        var (target, predicted, speakers) = Clips(speakers: 10, each: 12, right: 0.7);
        var bootstrap = new SpeakerBootstrap(speakers);
        Assert.Equal(10, bootstrap.Speakers);
        foreach (var metric in Enum.GetValues<Metric>())
        {
            var interval = bootstrap.Of(target, predicted, Classes, metric);
            Assert.Equal(Scores.Of(target, predicted, Classes).Value(metric), interval.Value, 1e-12);
            Assert.InRange(interval.Low, 0, interval.Value);
            Assert.InRange(interval.High, interval.Value, 1);
            Assert.True(interval.High - interval.Low > 0.02, $"{metric} has no width: {interval}");
        }
    }

    [Fact]
    public void Every_class_has_its_F1_with_an_interval_and_a_rare_class_a_wide_one()
    {
        var (target, predicted, speakers) = Clips(speakers: 10, each: 12, right: 0.7);
        var rare = Array.IndexOf(target, 2);
        for (var clip = 0; clip < target.Length; clip++)
            if (target[clip] == 2 && clip > rare + 24) (target[clip], predicted[clip]) = (0, predicted[clip] == 2 ? 0 : predicted[clip]);
        var intervals = new SpeakerBootstrap(speakers).F1(target, predicted, Classes);
        var scores = Scores.Of(target, predicted, Classes);
        Assert.Equal(scores.PerClassF1, intervals.Select(interval => interval.Value));
        Assert.All(intervals, interval => Assert.True(interval.Low <= interval.Value && interval.Value <= interval.High, $"{interval}"));
        Assert.True(intervals[2].High - intervals[2].Low > 1.5 * (intervals[0].High - intervals[0].Low), string.Join(" ", intervals));
        // Weighted by support they are the WAF.
        Assert.Equal(scores.Waf, intervals.Select((interval, label) => interval.Value * target.Count(other => other == label)).Sum() / target.Length, 1e-12);
    }

    // Accuracy of equally big speakers is the mean of their accuracies, whose standard error is known.
    [Fact]
    public void The_width_is_that_of_the_mean_over_speakers()
    {
        const int speakers = 40;
        const int each = 20;
        var target = new int[speakers * each];
        var predicted = new int[target.Length];
        var names = new string[target.Length];
        var accuracies = new double[speakers];
        var random = new SeededRandom(5);
        for (var s = 0; s < speakers; s++)
        {
            var right = random.Below(each + 1);
            accuracies[s] = (double)right / each;
            for (var i = 0; i < each; i++)
            {
                names[s * each + i] = $"speaker {s}";
                predicted[s * each + i] = i < right ? 0 : 1;
            }
        }
        var interval = new SpeakerBootstrap(names, new BootstrapConfig { Resamples = 8000 }).Of(target, predicted, 2, Metric.Accuracy);
        var mean = accuracies.Average();
        var error = Math.Sqrt(accuracies.Average(value => (value - mean) * (value - mean)) / speakers);
        Assert.Equal(2 * 1.96 * error, interval.High - interval.Low, 0.1 * 4 * error);
        Assert.Equal(mean, (interval.High + interval.Low) / 2, 0.1 * error);
    }

    [Fact]
    public void One_speaker_gives_an_interval_without_width()
    {
        var interval = new SpeakerBootstrap(["a", "a", "a"]).Of([0, 1, 2], [0, 1, 1], Classes, Metric.Waf);
        Assert.Equal(interval.Value, interval.Low, 1e-12);
        Assert.Equal(interval.Value, interval.High, 1e-12);
    }

    [Fact]
    public void Resampling_speakers_is_more_careful_than_resampling_clips()
    {
        // Every speaker is either wholly right or wholly wrong: as many opinions as speakers, not as clips.
        int[] target = [.. Enumerable.Repeat(0, 100)];
        int[] predicted = [.. Enumerable.Range(0, 100).Select(i => i / 10 % 2)];
        string[] bySpeaker = [.. Enumerable.Range(0, 100).Select(i => $"{i / 10}")];
        string[] byClip = [.. Enumerable.Range(0, 100).Select(i => $"{i}")];
        double Width(string[] speakers)
        {
            var interval = new SpeakerBootstrap(speakers).Of(target, predicted, 2, Metric.Accuracy);
            return interval.High - interval.Low;
        }
        Assert.True(Width(bySpeaker) > 2.5 * Width(byClip));
    }

    [Fact]
    public void The_same_decisions_twice_do_not_differ()
    {
        var (target, predicted, speakers) = Clips(speakers: 8, each: 8, right: 0.5);
        var comparison = PairedComparison.Of(target, predicted, predicted, Classes, new SpeakerBootstrap(speakers));
        Assert.Equal(0, comparison.Difference.Low);
        Assert.Equal(0, comparison.Difference.High);
        Assert.Equal(1, comparison.PValue);
        Assert.False(comparison.IsDistinguishable);
        Assert.EndsWith("not distinguishable from none", comparison.ToString(), StringComparison.Ordinal);
        Assert.Equal("makes no difference that can be told", comparison.Verdict);
    }

    [Fact]
    public void A_clear_difference_is_told_and_has_its_sign()
    {
        var (target, good, speakers) = Clips(speakers: 12, each: 20, right: 0.9);
        var (_, bad, _) = Clips(speakers: 12, each: 20, right: 0.3);
        var bootstrap = new SpeakerBootstrap(speakers);
        var ahead = PairedComparison.Of(target, good, bad, Classes, bootstrap);
        var behind = PairedComparison.Of(target, bad, good, Classes, bootstrap);
        Assert.True(ahead.Difference.Low > 0);
        Assert.True(ahead.IsDistinguishable && behind.IsDistinguishable);
        Assert.Equal(ahead.Difference.Value, -behind.Difference.Value, 1e-12);
        Assert.Equal(2.0 / 2001, ahead.PValue, 1e-9);
        Assert.Equal(("helps", "hurts"), (ahead.Verdict, behind.Verdict));
        Assert.StartsWith("WAF 0.", ahead.ToString(), StringComparison.Ordinal);
    }

    // A pair sees what two separate intervals cannot: the second is wrong on one clip more of every speaker.
    [Fact]
    public void A_small_difference_that_every_speaker_shares_is_told()
    {
        var (target, first, speakers) = Clips(speakers: 15, each: 20, right: 0.6);
        var second = (int[])first.Clone();
        foreach (var clips in Enumerable.Range(0, target.Length).GroupBy(i => speakers[i], StringComparer.Ordinal))
        {
            var right = clips.First(i => first[i] == target[i]);
            second[right] = (target[right] + 1) % Classes;
        }
        var comparison = PairedComparison.Of(target, first, second, Classes, new SpeakerBootstrap(speakers), Metric.Accuracy);
        Assert.True(comparison.IsDistinguishable);
        Assert.True(comparison.First.Low < comparison.Second.High, "the two intervals overlap");
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Equal("speakers must hold at least one clip's, but is empty. (Parameter 'speakers')", Assert.Throws<ArgumentException>(() => new SpeakerBootstrap([])).Message);
        Assert.StartsWith("Resamples must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new BootstrapConfig { Resamples = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Level must be between 0.5 and 0.999.", Assert.Throws<ArgumentOutOfRangeException>(() => new BootstrapConfig { Level = 1 }).Message, StringComparison.Ordinal);
        var bootstrap = new SpeakerBootstrap(["a", "b"]);
        Assert.Contains("target must hold one class per speaker's clip, 2, but holds 3.", Assert.Throws<ArgumentException>(() => bootstrap.Of([0, 1, 0], [0, 1, 0], 2, Metric.Waf)).Message, StringComparison.Ordinal);
    }

    private static (int[] Target, int[] Predicted, string[] Speakers) Clips(int speakers, int each, double right)
    {
        var random = new SeededRandom(11, $"{right}");
        var target = new int[speakers * each];
        var predicted = new int[target.Length];
        var names = new string[target.Length];
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = i % Classes;
            predicted[i] = random.Chance(right) ? target[i] : (target[i] + 1 + random.Below(2)) % Classes;
            names[i] = $"speaker {i / each}";
        }
        return (target, predicted, names);
    }
}
