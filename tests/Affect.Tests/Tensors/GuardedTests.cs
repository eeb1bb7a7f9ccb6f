namespace Affect.Tests.Tensors;

public sealed class GuardedTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    public static TheoryData<long[], long[], long[]> Fitting => new()
    {
        { [3], [3], [] },
        { [2, 3], [3], [2] },
        { [3], [3, 4], [4] },
        { [2, 3], [3, 4], [2, 4] },
        { [5, 2, 3], [3, 4], [5, 2, 4] },
        { [2, 3], [5, 3, 4], [5, 2, 4] },
        { [5, 1, 2, 3], [6, 3, 4], [5, 6, 2, 4] },
        { [0, 3], [3, 4], [0, 4] },
    };

    public static TheoryData<long[], long[]> Unfitting => new()
    {
        { [2, 3], [4, 5] }, { [], [3] }, { [3], [4] }, { [2, 3], [2] }, { [4, 2, 3], [5, 3, 4] }, { [5, 2, 3], [5, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Fitting))]
    public void A_product_has_the_shape_of_matmul(long[] left, long[] right, long[] product) => Assert.Equal(product, ones(left).Times(ones(right)).shape);

    [Theory]
    [MemberData(nameof(Unfitting))]
    public void A_product_of_shapes_that_do_not_fit_names_both(long[] left, long[] right)
    {
        var message = Assert.Throws<ArgumentException>(() => ones(left).Times(ones(right))).Message;
        Assert.Contains($"[{string.Join(", ", left)}] and [{string.Join(", ", right)}]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_of_two_number_formats_names_both()
    {
        var message = Assert.Throws<ArgumentException>(() => ones(2, 3).Times(ones([3, 2], dtype: float64))).Message;
        Assert.Contains("Float32 [2, 3] and Float64 [3, 2]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_are_those_of_autograd()
    {
        var (one, other) = (tensor(new[] { 1f, 2f }, requires_grad: true), tensor(new[] { 3f, 4f }, requires_grad: true));
        var gradients = (one * other).sum().Gradients([one, other]);
        Assert.Equal([3, 4], gradients[0].data<float>().ToArray());
        Assert.Equal([1, 2], gradients[1].data<float>().ToArray());
    }

    [Fact]
    public void Gradients_say_what_is_missing()
    {
        var (one, other, frozen) = (ones(2, requires_grad: true), ones(3, requires_grad: true), ones(4));
        Assert.Contains("one number, but was [2]", Message(() => (one * 2).Gradients([one])), StringComparison.Ordinal);
        Assert.Contains("no gradient", Message(() => frozen.sum().Gradients([frozen])), StringComparison.Ordinal);
        Assert.Contains("number 1 ([4]) is frozen", Message(() => one.sum().Gradients([one, frozen])), StringComparison.Ordinal);
        Assert.Contains("not on number 1 ([3])", Message(() => one.sum().Gradients([one, other])), StringComparison.Ordinal);

        static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
    }

    [Fact]
    public void Nothing_in_a_row_is_refused() => Assert.Throws<ArgumentException>(() => Guarded.Join([]));
}
