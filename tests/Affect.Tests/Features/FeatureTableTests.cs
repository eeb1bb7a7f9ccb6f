namespace Affect.Tests.Features;

public sealed class FeatureTableTests
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 12).Select(i => (float)i)];
    private readonly FeatureTable table = new(["a", "b"], Values, layers: 2, dims: 3) { FirstLayer = 4 };

    [Fact]
    public void A_row_is_one_clip_at_one_layer()
    {
        Assert.Equal([3f, 4, 5], table.Row(0, 1).ToArray());
        Assert.Equal([6f, 7, 8], table.Row(1, 0).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Row(2, 0).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Row(0, 2).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Row(-1, 0).Length);
    }

    [Fact]
    public void The_tensor_has_an_axis_for_clips_layers_and_numbers()
    {
        using var values = table.ToTensor();
        Assert.Equal([2, 2, 3], values.shape);
        Assert.Equal(Values, values.data<float>().ToArray());
    }

    [Fact]
    public void Some_clips_can_be_selected_in_any_order()
    {
        var some = table.Select([1]);
        Assert.Equal(["b"], some.ClipIds);
        Assert.Equal([6f, 7, 8, 9, 10, 11], some.Values);
        Assert.Equal(4, some.FirstLayer);
        Assert.Equal(["b", "a"], table.Select([1, 0]).ClipIds);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.Select([2]));
    }

    [Fact]
    public void Two_tables_of_the_same_clips_can_stand_beside_each_other()
    {
        var both = table.Beside(new FeatureTable(["a", "b"], [100, 101, 102, 103], 2, 1));
        Assert.Equal((2, 4, 4), (both.Layers, both.Dims, both.FirstLayer));
        Assert.Equal([0f, 1, 2, 100, 3, 4, 5, 101, 6, 7, 8, 102, 9, 10, 11, 103], both.Values);
        var error = Assert.Throws<ArgumentException>(() => table.Beside(table.Select([1, 0])));
        Assert.StartsWith("other must be of the same 2 clips in the same order and of 2 layers, but has 2 clips and 2 layers.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => table.Beside(table.Layer(0)));
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new FeatureTable(["a", "b"], Values, 2, 4));
        Assert.StartsWith("values must be [clips, layers, dims] = [2, 2, 4] with 16 numbers, but has 12.", error.Message, StringComparison.Ordinal);
        error = Assert.Throws<ArgumentException>(() => new FeatureTable(["a", "a"], Values, 2, 3));
        Assert.StartsWith("clipIds must name each clip once, but 'a' occurs twice.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureTable([], [], 0, 3));
    }

    [Fact]
    public void No_clips_are_a_table_too() => Assert.Empty(new FeatureTable([], [], 1, 3).Values);
}
