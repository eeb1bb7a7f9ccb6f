using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

public sealed class IndexingTests
{
    public static TheoryData<string, long[], long[]> Table => new()
    {
        { "0", [3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "-1", [3, 4], [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23] },
        { "1, 2", [4], [20, 21, 22, 23] },
        { "1, 2, -1", [], [23] },
        { "..., 1", [2, 3], [1, 5, 9, 13, 17, 21] },
        { "..., 1:3", [2, 3, 2], [1, 2, 5, 6, 9, 10, 13, 14, 17, 18, 21, 22] },
        { "0, :, ::2", [3, 2], [0, 2, 4, 6, 8, 10] },
        { "0, 0, -2:", [2], [2, 3] },
        { "0, 0, :-1", [3], [0, 1, 2] },
        { "0, None, 1", [1, 4], [4, 5, 6, 7] },
        { "None, 0, 0", [1, 4], [0, 1, 2, 3] },
        { "0, 0, None", [1, 4], [0, 1, 2, 3] },
        { "0, 0, True", [1, 4], [0, 1, 2, 3] },
        { "0, 0, False", [0, 4], [] },
        { "[1 0]", [2, 3, 4], [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] },
        { "[1 0], 0", [2, 4], [12, 13, 14, 15, 0, 1, 2, 3] },
        { ":, [2 0], 0", [2, 2], [8, 0, 20, 12] },
        { "[0 1], [2 0], 0", [2], [8, 12] },
        { "0, mask3, 0", [2], [4, 8] },
        { "mask2by3, 0:2", [2, 2], [4, 5, 20, 21] },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void An_index_selects_what_python_selects(string expression, long[] shape, long[] values)
    {
        using var scope = NewDisposeScope();
        var t = arange(24, ScalarType.Int64).reshape(2, 3, 4);
        var indices = expression.Split(", ").Select(Parse).ToArray();
        var found = t[indices];
        Assert.Equal(shape, found.shape);
        Assert.Equal(values, found.data<long>().ToArray());
    }

    [Fact]
    public void Csharp_ranges_and_indices_are_understood()
    {
        using var scope = NewDisposeScope();
        var t = arange(24, ScalarType.Int64).reshape(2, 3, 4);
        Assert.Equal([2, 3, 2], t[.., .., 1..3].shape);
        Assert.Equal([2, 3, 2, 1], t[TensorIndex.Ellipsis, 1..3, TensorIndex.None].shape);
        Assert.Equal([21, 22, 23], t[1, 2, 1..].data<long>().ToArray());
        Assert.Equal([22, 23], t[1, 2, ^2..].data<long>().ToArray());
        Assert.Equal([0, 1], t[0, 0, ..^2].data<long>().ToArray());
        Assert.Equal(23, t[^1, ^1, ^1].item<long>());
        Assert.Equal([12, 13], t[1, 0, (null, 2)].data<long>().ToArray());
        Assert.Equal(6, t[0, 1, 2].item<long>());
        Assert.Equal([20, 21, 22, 23], t[t > 19].data<long>().ToArray());
        Assert.Equal([8, 20], t[.., 2, 0].data<long>().ToArray());
    }

    [Fact]
    public void Writing_through_an_index_changes_the_tensor()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 3);
        t[0] = ones(3);
        t[1, 2] = 5;
        t[.., 0] = tensor(new[] { 7f, 8f });
        Assert.Equal([7, 1, 1, 8, 0, 5], t.data<float>().ToArray());
        t[t > 4] = -1;
        Assert.Equal([-1, 1, 1, -1, 0, -1], t.data<float>().ToArray());
        t[tensor(new long[] { 1, 0 }), tensor(new long[] { 1, 1 })] = tensor(new[] { 3f, 4f });
        Assert.Equal([-1, 4, 1, -1, 3, -1], t.data<float>().ToArray());
        t[0..1, 1..] = zeros(1, 1, 2);
        Assert.Equal([-1, 0, 0, -1, 3, -1], t.data<float>().ToArray());
        t.index_put_(tensor(new[] { 1f, 1f }), [tensor(new long[] { 0, 0 }), tensor(new long[] { 0, 0 })], accumulate: true);
        Assert.Equal(1, t[0, 0].item<float>());
    }

    [Fact]
    public void A_slice_shares_memory_and_a_gather_does_not()
    {
        using var scope = NewDisposeScope();
        var t = zeros(4);
        t[1..3].fill_(1);
        Assert.Equal([0, 1, 1, 0], t.data<float>().ToArray());
        t[tensor(new long[] { 0 })].fill_(9);
        Assert.Equal(0, t[0].item<float>());
    }

    [Fact]
    public void Too_many_indices_are_refused()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 3);
        var error = Assert.Throws<ArgumentException>(() => t[0, .., 1..2]);
        Assert.Contains("A tensor of 2 dimensions has no place for 3 indices.", error.Message);
    }

    private static TensorIndex Parse(string text) => text switch
    {
        "..." => TensorIndex.Ellipsis,
        "None" => TensorIndex.None,
        ":" => TensorIndex.Colon,
        "True" => TensorIndex.Bool(true),
        "False" => TensorIndex.Bool(false),
        "mask3" => TensorIndex.Tensor(tensor(new[] { false, true, true })),
        "mask2by3" => TensorIndex.Tensor(tensor(new[,] { { false, true, false }, { false, false, true } })),
        ['[', .., ']'] => TensorIndex.Tensor(tensor(text[1..^1].Split(' ').Select(long.Parse).ToArray())),
        _ when text.Contains(':') => text.Split(':') switch
        {
            [var start, var stop] => TensorIndex.Slice(Number(start), Number(stop)),
            [var start, var stop, var step] => TensorIndex.Slice(Number(start), Number(stop), Number(step)),
            _ => throw new FormatException(text),
        },
        _ => TensorIndex.Single(Number(text)),
    };

    private static long? Number(string text) => text.Length == 0 ? null : long.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
