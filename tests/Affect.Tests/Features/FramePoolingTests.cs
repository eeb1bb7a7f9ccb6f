namespace Affect.Tests.Features;

public sealed class FramePoolingTests
{
    [Fact]
    public void Only_valid_frames_count_whatever_the_padding_holds()
    {
        using var scope = NewDisposeScope();
        float[] values =
        [
            1, 10, 3, 20, 5, 60,
            2, 4, float.NaN, float.PositiveInfinity, 7, 7,
        ];
        var states = tensor(values, new long[] { 2, 3, 2 });
        var lengths = tensor(new long[] { 3, 1 }, new long[] { 2 });

        var mean = FramePooling.Pool(states, lengths, Pooling.Mean);
        Assert.Equal([2, 2], mean.shape);
        Assert.Equal([3f, 30, 2, 4], mean.data<float>().ToArray());

        var both = FramePooling.Pool(states, lengths, Pooling.MeanAndDeviation);
        Assert.Equal([2, 4], both.shape);
        var expected = new[] { 3f, 30, 1.6329932f, 21.602469f, 2, 4, 0, 0 };
        Assert.All(both.data<float>().ToArray().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 5));
    }

    [Fact]
    public void Padding_changes_no_bit_of_the_mean_of_small_whole_numbers()
    {
        using var scope = NewDisposeScope();
        var states = arange(0, 24, 1, ScalarType.Float32).reshape(1, 4, 6);
        var padded = cat([states, full(new long[] { 1, 3, 6 }, -5, ScalarType.Float32)], 1);
        var lengths = tensor(new long[] { 4 }, new long[] { 1 });
        Assert.Equal(
            FramePooling.Pool(states, lengths, Pooling.MeanAndDeviation).data<float>().ToArray(),
            FramePooling.Pool(padded, lengths, Pooling.MeanAndDeviation).data<float>().ToArray());
    }

    [Fact]
    public void Pieces_pooled_together_are_the_clip_pooled_whole()
    {
        using var scope = NewDisposeScope();
        var whole = randn(new long[] { 1, 90, 5 }) * 3 + 100;
        var layers = new[] { whole, whole * 2 - 40 };
        var pieces = new[] { 0, 50, 80, 90 }.Zip([50, 80, 90], (from, to) => FramePooling.MomentsOf(
            [.. layers.Select(layer => layer.slice(1, from, to, 1))],
            tensor(new long[] { to - from }, new long[] { 1 }),
            Pooling.MeanAndDeviation)[0]).ToList();

        var combined = FramePooling.Combine(pieces, layers: 2);
        var expected = layers.SelectMany(layer =>
            FramePooling.Pool(layer, tensor(new long[] { 90 }, new long[] { 1 }), Pooling.MeanAndDeviation).data<float>().ToArray()).ToArray();
        Assert.Equal(20, combined.Length);
        Assert.All(combined.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6 * Math.Abs(pair.Second) + 1e-4));
    }

    [Fact]
    public void Low_precision_states_are_pooled_in_float32()
    {
        using var scope = NewDisposeScope();
        var states = full(new long[] { 1, 3000, 2 }, 1.5, ScalarType.Float32).to(ScalarType.BFloat16);
        var mean = FramePooling.Pool(states, tensor(new long[] { 3000 }, new long[] { 1 }), Pooling.Mean);
        Assert.Equal(ScalarType.Float32, mean.dtype);
        Assert.Equal([1.5f, 1.5f], mean.data<float>().ToArray());
    }

    [Fact]
    public void Lengths_outside_the_frames_are_refused()
    {
        using var states = zeros(new long[] { 2, 3, 4 });
        using var none = tensor(new long[] { 3, 0 }, new long[] { 2 });
        using var tooMany = tensor(new long[] { 4, 3 }, new long[] { 2 });
        using var three = tensor(new long[] { 1, 1, 1 }, new long[] { 3 });
        Assert.Throws<ArgumentOutOfRangeException>(() => FramePooling.Pool(states, none, Pooling.Mean));
        Assert.Throws<ArgumentOutOfRangeException>(() => FramePooling.Pool(states, tooMany, Pooling.Mean));
        var error = Assert.Throws<ArgumentException>(() => FramePooling.Pool(states, three, Pooling.Mean));
        Assert.StartsWith("frameLengths must be [batch] = [2], but was [3].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_stays_behind()
    {
        using var states = zeros(new long[] { 2, 3, 4 });
        using var lengths = tensor(new long[] { 3, 1 }, new long[] { 2 });
        using var wrong = tensor(new long[] { 3, 0 }, new long[] { 2 });
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 10; i++)
        {
            FramePooling.MomentsOf([states, states], lengths, Pooling.MeanAndDeviation);
            FramePooling.Pool(states, lengths, Pooling.MeanAndDeviation).Dispose();
            Assert.Throws<ArgumentOutOfRangeException>(() => FramePooling.Pool(states, wrong, Pooling.Mean));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
