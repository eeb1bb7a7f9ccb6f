namespace Affect.Tests.Evaluation;

/// <summary>Intervals and comparisons by leaving out a speaker at a time.</summary>
public sealed class SpeakerJackknifeTests
{
    private const int Classes = 3;

    [Fact]
    public void The_order_of_the_clips_does_not_matter()
    {
        var (target, predicted, speakers) = Clips(speakers: 7, each: 9, right: 0.5);
        var order = Enumerable.Range(0, target.Length).ToArray();
        new SeededRandom(3).Shuffle<int>(order);
        var plain = new SpeakerJackknife(speakers).Of(target, predicted, Classes, Metric.Uar);
        var shuffled = new SpeakerJackknife([.. order.Select(i => speakers[i])])
            .Of([.. order.Select(i => target[i])], [.. order.Select(i => predicted[i])], Classes, Metric.Uar);
        Assert.Equal(plain.Value, shuffled.Value, 12);
        Assert.Equal(plain.Low, shuffled.Low, 12);
        Assert.Equal(plain.High, shuffled.High, 12);
    }

    [Fact]
    public void A_mean_of_equally_many_clips_a_speaker_has_the_t_interval_of_the_speakers_means()
    {
        var random = new SeededRandom(5);
        double[] values = [.. Enumerable.Range(0, 42).Select(clip => random.Normal() + (clip / 6))];
        double[] means = [.. values.Chunk(6).Select(own => own.Average())];
        var spread = Math.Sqrt(means.Sum(mean => Math.Pow(mean - means.Average(), 2)) / 6 / 7);
        var interval = new SpeakerJackknife([.. Enumerable.Range(0, 42).Select(clip => $"s{clip / 6}")]).MeanOf([values]);
        Assert.Equal(values.Average(), interval.Value, 12);
        Assert.Equal(values.Average() - (2.446911851 * spread), interval.Low, 1e-6); // t with 6 degrees of freedom, 0.975
        Assert.Equal(values.Average() + (2.446911851 * spread), interval.High, 1e-6);
        Assert.Equal(7, interval.Speakers);
        Assert.Throws<ArgumentException>(() => new SpeakerJackknife(["a", "b"]).MeanOf([values]));
    }

    [Fact]
    public void The_interval_holds_the_value_and_stays_between_zero_and_one()
    {
        var (target, predicted, speakers) = Clips(speakers: 10, each: 12, right: 0.7);
        var jackknife = new SpeakerJackknife(speakers);
        Assert.Equal(10, jackknife.Speakers);
        foreach (var metric in Enum.GetValues<Metric>())
        {
            var interval = jackknife.Of(target, predicted, Classes, metric);
            Assert.Equal(Scores.Of(target, predicted, Classes).Value(metric), interval.Value, 1e-12);
            Assert.InRange(interval.Low, 0, interval.Value);
            Assert.InRange(interval.High, interval.Value, 1);
            Assert.Equal((10, 1, "10 speakers"), (interval.Speakers, interval.Runs, interval.Basis));
            Assert.EndsWith("] (10 speakers)", interval.ToString(), StringComparison.Ordinal);
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
        var intervals = new SpeakerJackknife(speakers).F1(target, predicted, Classes);
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
        const int each = 20;
        var random = new SeededRandom(5);
        int[] right = [.. Enumerable.Range(0, 40).Select(_ => random.Below(each + 1))];
        string[] names = [.. right.SelectMany((_, speaker) => Enumerable.Repeat($"speaker {speaker}", each))];
        int[] predicted = [.. right.SelectMany(count => Enumerable.Range(0, each).Select(clip => clip < count ? 0 : 1))];
        var interval = new SpeakerJackknife(names).Of(new int[predicted.Length], predicted, 2, Metric.Accuracy);
        double[] accuracies = [.. right.Select(count => (double)count / each)];
        var mean = accuracies.Average();
        var error = Math.Sqrt(accuracies.Sum(value => (value - mean) * (value - mean)) / (accuracies.Length - 1) / accuracies.Length);
        // t of 39 degrees of freedom is 2.0227; on the logit scale the error is divided by p (1 − p).
        var (logit, width) = (Math.Log(mean / (1 - mean)), 2.0227 * error / (mean * (1 - mean)));
        Assert.Equal(1 / (1 + Math.Exp(-(logit - width))), interval.Low, 1e-5);
        Assert.Equal(1 / (1 + Math.Exp(-(logit + width))), interval.High, 1e-5);
    }

    [Fact]
    public void One_speaker_tells_nothing_of_others()
    {
        var interval = new SpeakerJackknife(["a", "a", "a"]).Of([0, 1, 2], [0, 1, 1], Classes, Metric.Waf);
        Assert.Equal((0.0, 1.0, 1), (interval.Low, interval.High, interval.Speakers));
        var comparison = PairedComparison.Of([0, 1, 2], [0, 1, 2], [0, 1, 1], Classes, ["a", "a", "a"]);
        Assert.Equal(1, comparison.PValue);
        Assert.Equal("has too few speakers (1) to tell", comparison.Verdict);
    }

    [Fact]
    public void A_perfect_score_has_an_interval_as_wide_as_so_many_clips_make_it()
    {
        int[] target = [.. Enumerable.Repeat(0, 60)];
        var interval = new SpeakerJackknife([.. Enumerable.Range(0, 60).Select(clip => $"{clip / 12}")]).Of(target, target, 2, Metric.Accuracy);
        // Wilson: 1 / (1 + t² / n), t of 59 degrees of freedom 2.0010.
        Assert.Equal(1 / (1 + 2.0010 * 2.0010 / 60), interval.Low, 1e-5);
        Assert.Equal(1, interval.High);
    }

    [Fact]
    public void Speakers_are_counted_not_clips()
    {
        // Every speaker is either wholly right or wholly wrong: as many opinions as speakers, not as clips.
        int[] target = [.. Enumerable.Repeat(0, 100)];
        int[] predicted = [.. Enumerable.Range(0, 100).Select(i => i / 10 % 2)];
        string[] bySpeaker = [.. Enumerable.Range(0, 100).Select(i => $"{i / 10}")];
        string[] byClip = [.. Enumerable.Range(0, 100).Select(i => $"{i}")];
        double Width(string[] speakers)
        {
            var interval = new SpeakerJackknife(speakers).Of(target, predicted, 2, Metric.Accuracy);
            return interval.High - interval.Low;
        }
        Assert.True(Width(bySpeaker) > 2.5 * Width(byClip));
    }

    [Fact]
    public void The_same_decisions_twice_do_not_differ()
    {
        var (target, predicted, speakers) = Clips(speakers: 8, each: 8, right: 0.5);
        var comparison = PairedComparison.Of(target, predicted, predicted, Classes, speakers);
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
        var ahead = PairedComparison.Of(target, good, bad, Classes, speakers);
        var behind = PairedComparison.Of(target, bad, good, Classes, speakers);
        Assert.True(ahead.Difference.Low > 0);
        Assert.True(ahead.IsDistinguishable && behind.IsDistinguishable);
        Assert.Equal(ahead.Difference.Value, -behind.Difference.Value, 1e-12);
        Assert.InRange(ahead.PValue, 0, 1e-4);
        Assert.Equal(ahead.PValue, behind.PValue, 1e-12);
        Assert.Equal(("helps", "hurts"), (ahead.Verdict, behind.Verdict));
        Assert.Matches(@"^WAF 0\.\d{3} against 0\.\d{3}: difference 0\.\d{3} \[0\.\d{3}, 0\.\d{3}\] \(12 speakers\), p < 0\.0001$", ahead.ToString());
    }

    // A pair sees what two separate intervals cannot: the second is wrong on one clip more of every speaker.
    [Fact]
    public void A_small_difference_that_every_speaker_shares_is_told()
    {
        var (target, first, speakers) = Clips(speakers: 15, each: 20, right: 0.6);
        var second = (int[])first.Clone();
        foreach (var right in Enumerable.Range(0, target.Length).Where(i => first[i] == target[i]).DistinctBy(i => speakers[i])) second[right] = (target[right] + 1) % Classes;
        var comparison = PairedComparison.Of(target, first, second, Classes, speakers, Metric.Accuracy);
        Assert.True(comparison.IsDistinguishable);
        Assert.True(comparison.First.Low < comparison.Second.High, "the two intervals overlap");
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        Assert.Equal("speakers must hold at least one clip's, but is empty. (Parameter 'speakers')", Assert.Throws<ArgumentException>(() => new SpeakerJackknife([])).Message);
        var jackknife = new SpeakerJackknife(["a", "b"]);
        Assert.StartsWith("level must be between 0.5 and 0.9999.", Assert.Throws<ArgumentOutOfRangeException>(() => jackknife.Of([0, 1], [0, 1], 2, Metric.Waf, level: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("target must hold one class per speaker's clip, 2, but holds 3.", Assert.Throws<ArgumentException>(() => jackknife.Of([0, 1, 0], [0, 1, 0], 2, Metric.Waf)).Message, StringComparison.Ordinal);
    }

    private static (int[] Target, int[] Predicted, string[] Speakers) Clips(int speakers, int each, double right)
    {
        var random = new SeededRandom(11, $"{right}");
        int[] target = [.. Enumerable.Range(0, speakers * each).Select(i => i % Classes)];
        int[] predicted = [.. target.Select(label => random.Chance(right) ? label : (label + 1 + random.Below(2)) % Classes)];
        return (target, predicted, [.. target.Select((_, i) => $"speaker {i / each}")]);
    }
}
