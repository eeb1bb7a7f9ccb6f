namespace Affect.Frames.Tests;

/// <summary>What is wrong in Microsoft.Data.Analysis 0.23.1. A test here that fails tells that it was mended: the warnings in <see cref="RecordFrames"/> and environment.md can go.</summary>
public sealed class UpstreamTests
{
    [Fact]
    public void The_mean_of_a_group_counts_those_without_a_value()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("emotion", ["sad", "sad", "happy", "happy"]),
            new DoubleDataFrameColumn("waf", new double?[] { 0.5, null, 0.2, 0.4 }));

        var means = frame.GroupBy("emotion").Mean("waf");

        // The mean of the one value that "sad" has is 0.5; the whole column's is right.
        Assert.Equal(0.25, Convert.ToDouble(means["waf"][0], System.Globalization.CultureInfo.InvariantCulture), 12);
        Assert.Equal(0.3, Convert.ToDouble(means["waf"][1], System.Globalization.CultureInfo.InvariantCulture), 12);
        Assert.Equal(1.1 / 3, frame["waf"].Mean(), 12);
    }
}
