namespace Affect.Tests.Media;

public sealed class FrameSamplingTests
{
    [Fact]
    public void A_rate_gives_a_rates_pictures() =>
        Assert.Equal(10, FrameSampling.PerSecond(5).Sample(new ToyReader(), "a.mp4", 8).Count);

    [Fact]
    public void Of_a_long_clip_evenly_spaced_pictures_are_kept()
    {
        var frames = (FrameSampling.PerSecond(5) with { MaximumFrames = 4 }).Sample(new ToyReader { Seconds = 8 }, "a.mp4", 8);
        Assert.Equal(4, frames.Count);
        Assert.Equal([5, 15, 25, 35], Enumerable.Range(0, 4).Select(frame => (int)Math.Round(frames[frame][0] * 40 / 255.0)));
        Assert.Equal(0.5, frames.FramesPerSecond, 1e-9);
    }

    [Fact]
    public void A_number_gives_the_middles_of_equal_parts()
    {
        var frames = FrameSampling.Uniform(4).Sample(new ToyReader(), "a.mp4", 8);
        Assert.Equal(4, frames.Count);
        Assert.Equal([1, 3, 5, 7], Enumerable.Range(0, 4).Select(frame => (int)Math.Round(frames[frame][0] * 8 / 255.0)));
    }

    [Fact]
    public void A_clip_without_pictures_says_so() =>
        Assert.Contains("only audio", Assert.Throws<MediaException>(() => FrameSampling.Uniform(4).Sample(new ToyReader(), "a.wav", 8)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_features_are_known_by_tells_samplings_apart()
    {
        string[] texts = [FrameSampling.PerSecond(5).ToString(), FrameSampling.PerSecond(2.5).ToString(), FrameSampling.Uniform(5).ToString(), (FrameSampling.PerSecond(5) with { MaximumFrames = 8 }).ToString()];
        Assert.Equal(4, texts.Distinct().Count());
        Assert.Equal("2.5 a second, at most 64", texts[1]);
    }

    [Fact]
    public void Rates_and_numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameSampling.PerSecond(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameSampling.Uniform(0));
    }
}
