namespace Affect.Tests.Features;

public sealed class ParsingTests
{
    [Theory]
    [InlineData("all", 0, 2)]
    [InlineData("last", 2, 2)]
    [InlineData("1", 1, 1)]
    [InlineData("0..1", 0, 1)]
    [InlineData("1..2", 1, 2)]
    public void Layers_are_read_as_they_are_written(string text, int first, int last)
    {
        using var encoder = new ToyEncoder();
        var layers = LayerChoice.Parse(text);
        Assert.Equal((first, last), layers.Of(encoder));
        Assert.Equal(text, layers.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("2..1")]
    [InlineData("-1")]
    [InlineData("1..2..3")]
    [InlineData("1.5")]
    [InlineData("ALL")]
    public void Other_layers_are_refused(string text)
    {
        var error = Assert.Throws<FormatException>(() => LayerChoice.Parse(text));
        Assert.Equal($"Layers must be all, last, a layer as in 6, or a range as in 4..9, but was '{text}'.", error.Message);
    }

    [Fact]
    public void A_layer_that_the_encoder_lacks_is_refused()
    {
        using var encoder = new ToyEncoder();
        var error = Assert.Throws<ArgumentException>(() => LayerChoice.Parse("1..3").Of(encoder));
        Assert.StartsWith("Layers must lie between 0 and 2, which is what toy has, but 1..3 was asked for.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_share_out_every_window_once()
    {
        var shards = new[] { "1/3", "2/3", "3/3" }.Select(Shard.Parse).ToList();
        Assert.All(Enumerable.Range(0, 20), window => Assert.Single(shards, shard => shard.Holds(window)));
        Assert.Equal("2/3", shards[1].ToString());
        Assert.All(Enumerable.Range(0, 5), window => Assert.True(Shard.Whole.Holds(window)));
    }

    [Theory]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("1")]
    [InlineData("1/0")]
    [InlineData("-1/2")]
    [InlineData("a/b")]
    [InlineData("1/2/3")]
    public void Other_shards_are_refused(string text)
    {
        var error = Assert.Throws<FormatException>(() => Shard.Parse(text));
        Assert.Equal($"A shard must be written as part/parts, as in 1/4 for the first of four, but was '{text}'.", error.Message);
    }

    [Fact]
    public void Settings_outside_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExtractorConfig { MaximumSeconds = 0.5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExtractorConfig { BatchSeconds = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExtractorConfig { WindowClips = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExtractorConfig { DecodeWorkers = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExtractorConfig { MaximumSeconds = double.NaN });
        Assert.Equal(0, new ExtractorConfig { MaximumSeconds = 0 }.MaximumSeconds);
    }
}
