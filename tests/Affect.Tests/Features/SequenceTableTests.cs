namespace Affect.Tests.Features;

public sealed class SequenceTableTests
{
    private static readonly SequenceTable Table = new(["a", "b"], [[1, 2, 3, 4, 5, 6], [7, 8]], dims: 2);

    [Fact]
    public void A_batch_is_filled_up_with_0_and_tells_the_valid_frames()
    {
        using var scope = NewDisposeScope();
        var (frames, lengths) = Table.Batch([1, 0]);
        Assert.Equal([2, 3, 2], frames.shape);
        Assert.Equal([7f, 8, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6], frames.data<float>().ToArray());
        Assert.Equal([1L, 3], lengths.data<long>().ToArray());
    }

    [Fact]
    public void Pooling_counts_valid_frames_only()
    {
        var pooled = Table.Pool(Pooling.MeanAndDeviation);
        Assert.Equal(4, pooled.Dims);
        Assert.Equal([3f, 4], pooled.Row(0, 0)[..2].ToArray());
        Assert.Equal(Math.Sqrt(8.0 / 3), pooled.Row(0, 0)[2], 1e-6);
        Assert.Equal([7f, 8, 0, 0], pooled.Row(1, 0).ToArray());
    }

    [Fact]
    public void Sequences_that_do_not_fit_are_refused()
    {
        Assert.Contains("whole frames of 2 numbers, but that of 'a' holds 3", Assert.Throws<ArgumentException>(() => new SequenceTable(["a"], [[1, 2, 3]], 2)).Message, StringComparison.Ordinal);
        Assert.Contains("'a' occurs twice", Assert.Throws<ArgumentException>(() => new SequenceTable(["a", "a"], [[1], [2]], 1)).Message, StringComparison.Ordinal);
    }
}
