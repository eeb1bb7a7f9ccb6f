namespace Affect.Tests.Evaluation;

/// <summary>Speakers and seeds as two sources of chance.</summary>
public sealed class EstimateTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 3)]
    public void Fewer_than_three_runs_speak_for_no_others(int runs, int covered)
    {
        // Runs that differ by far more than speakers do.
        double[][] table = [.. Enumerable.Range(0, runs).Select(run => Enumerable.Range(0, 8).Select(speaker => 0.5 + 0.1 * run + 0.001 * speaker).ToArray())];
        var estimate = Estimate.Of(table);
        Assert.Equal(covered, estimate.Runs);
        Assert.Equal(covered > 1, estimate.RunVariance > 0);
        Assert.Equal(covered > 1, estimate.Difference(0.95).Basis.Contains("seeds", StringComparison.Ordinal));
    }

    [Fact]
    public void One_run_is_a_plain_t_test()
    {
        // 1 2 3 4 5 (tenths): mean 0.3, standard error √(0.025 / 5) = 0.0707107, t = 4.242641 on 4 degrees of freedom.
        var estimate = Estimate.Of([[0.1, 0.2, 0.3, 0.4, 0.5]]);
        Assert.Equal(0.0132374, estimate.PValue, 1e-5);
        var interval = estimate.Difference(0.95);
        Assert.Equal(0.3 - 2.7764451 * 0.0707107, interval.Low, 1e-6);
        Assert.Equal(0.3 + 2.7764451 * 0.0707107, interval.High, 1e-6);
    }

    [Fact]
    public void Seeds_that_differ_widen_the_interval_and_seeds_that_agree_do_not()
    {
        double[] speakers = [0.1, 0.2, 0.3, 0.4, 0.5];
        var agreeing = Estimate.Of([speakers, speakers, speakers]);
        Assert.Equal(0, agreeing.RunVariance, 12);
        Assert.Equal(Estimate.Of([speakers]).SpeakerVariance, agreeing.SpeakerVariance, 12);

        // Runs of means 0.2, 0.3, 0.4 without interaction: their variance, 0.01, over 3 runs.
        var differing = Estimate.Of([.. new[] { -0.1, 0, 0.1 }.Select(shift => speakers.Select(value => value + shift).ToArray())]);
        Assert.Equal(0.01 / 3, differing.RunVariance, 12);
        Assert.Equal(0.005, differing.SpeakerVariance, 12);
        // Cochran and Cox: t = (2.7764451 · 0.005 + 4.3026527 · 0.00333333) / 0.00833333.
        var half = (2.7764451 * 0.005 + 4.3026527 * 0.01 / 3) / Math.Sqrt(0.005 + 0.01 / 3);
        Assert.Equal(0.3 + half, differing.Difference(0.95).High, 1e-6);
        Assert.Equal("5 speakers, 3 seeds", differing.Difference(0.95).Basis);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.08)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void The_interval_leaves_zero_out_exactly_where_p_says_so(double shift)
    {
        double[][] table = [[0.1, -0.2, 0.05, 0.12, -0.04, 0.03], [0.02, -0.1, 0.15, 0.02, -0.14, 0.1], [0.2, -0.25, 0.1, 0.07, -0.01, -0.03]];
        var estimate = Estimate.Of([.. table.Select(run => run.Select(value => value / 5 + shift / 5).ToArray())]);
        var p = estimate.PValue;
        Assert.InRange(p, 1e-12, 0.99);
        foreach (var factor in new[] { 0.999, 1.001 })
        {
            var level = 1 - p * factor;
            if (level is < 0.5 or > 0.9999) continue;
            Assert.Equal(factor > 1, estimate.Difference(level).Low > 0);
        }
    }

    [Fact]
    public void Clips_alone_keep_an_interval_from_having_no_width()
    {
        // Every speaker has one clip of twenty more right: no spread between speakers, but thirteen lucky clips would look alike.
        int[] target = [.. Enumerable.Repeat(0, 260)];
        int[] worse = [.. Enumerable.Range(0, 260).Select(clip => clip % 20 == 0 ? 1 : 0)];
        string[] speakers = [.. Enumerable.Range(0, 260).Select(clip => $"{clip / 20}")];
        var comparison = PairedComparison.Of(target, target, worse, 2, speakers, Metric.Accuracy);
        Assert.Equal(0.05, comparison.Difference.Value, 12);
        // Half of McNemar's √(0.05 · 0.95 / 260), t of 259 degrees of freedom 1.96917.
        Assert.Equal(0.05 - 1.96917 / 2 * Math.Sqrt(0.05 * 0.95 / 260), comparison.Difference.Low, 1e-5);
        Assert.InRange(comparison.PValue, 1e-14, 1e-9);
    }
}
