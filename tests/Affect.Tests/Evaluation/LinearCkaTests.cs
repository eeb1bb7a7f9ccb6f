namespace Affect.Tests.Evaluation;

/// <summary>Linear CKA against a golden value, and what it must not see.</summary>
public sealed class LinearCkaTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void Cka_is_the_reference_value()
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Repository.Golden("cka", "cka.safetensors"));
        var expected = file.Read("linear_cka").data<float>().ToArray().Single();
        Assert.Equal(expected, LinearCka.Of(file.Read("a"), file.Read("b")), Tolerance);
        Assert.NotEqual(expected, LinearCka.Of(file.Read("a") + 0.3 * file.Read("a").narrow(1, 0, 1).square(), file.Read("b")), Tolerance);
    }

    [Theory]
    [InlineData(30, 8)]  // by features
    [InlineData(12, 40)] // by Gram matrices
    public void Turning_scaling_and_shifting_the_axes_changes_nothing(long clips, long dims)
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (a, b) = (randn(new long[] { clips, dims }), randn(new long[] { clips, dims }));
        var (turn, _) = linalg.qr(randn(new long[] { dims, dims }));
        Assert.Equal(LinearCka.Of(a, b), LinearCka.Of(a.mm(turn) * 3 + 5, b), Tolerance);
        Assert.Equal(1, LinearCka.Of(a, a.mm(turn) * 0.1 - 2), Tolerance);
    }

    [Theory]
    [InlineData(30, 8)]
    [InlineData(12, 40)]
    public void All_pairs_at_once_are_the_pairs_one_by_one(long clips, long dims)
    {
        using var scope = NewDisposeScope();
        manual_seed(2);
        var layers = randn(new long[] { clips, 4, dims });
        var map = LinearCka.Between(layers);
        Assert.Equal(4, map.Count);
        for (var i = 0; i < 4; i++)
            for (var j = 0; j < 4; j++)
                Assert.Equal(LinearCka.Of(layers.select(1, i), layers.select(1, j)), map[i][j], 1e-9);
    }

    [Fact]
    public void Both_forms_give_the_same_number()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var (a, b) = (randn(new long[] { 10, 10 }), randn(new long[] { 10, 9 })); // the second forces features, zeros do not change it
        var padded = cat(new[] { b, zeros(new long[] { 10, 1 }) }, 1);            // and the padded one is as wide as long: Gram
        Assert.Equal(LinearCka.Of(a, b), LinearCka.Of(a, padded), 1e-9);
    }

    [Fact]
    public void A_representation_that_is_the_same_for_all_clips_is_like_none_and_a_wrong_shape_is_told()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, LinearCka.Of(full(new long[] { 5, 3 }, 0.1f), randn(new long[] { 5, 3 })));
        var error = Assert.Throws<ArgumentException>(() => LinearCka.Of(zeros(new long[] { 5, 3 }), zeros(new long[] { 4, 3 })));
        Assert.Equal("b must be [clips, dims] = [5, ?], but was [4, 3]. (Parameter 'b')", error.Message);
    }
}
