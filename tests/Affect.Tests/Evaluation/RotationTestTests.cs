namespace Affect.Tests.Evaluation;

/// <summary>The test behind the layer test.</summary>
public sealed class RotationTestTests
{
    [Fact]
    public void Of_single_numbers_it_is_the_t_test()
    {
        double[] values = [0.1, 0.2, 0.3, 0.4, -0.1];
        Assert.Equal(Estimate.Of([values]).PValue, RotationTest.ByRotation(Products(values)), 1e-9);
    }

    [Fact]
    public void A_weighted_sum_of_squares_has_the_probability_that_is_known()
    {
        // Two squares each: exponential variables of means 2a and 2b, P(first above second) = a / (a + b). One each: P(z² > c w²) = 2 atan(1 / √c) / π.
        Assert.Equal(0.75, RotationTest.PositiveSum([3, 3, -1, -1]), 1e-9);
        Assert.Equal(2 * Math.Atan(1 / Math.Sqrt(5)) / Math.PI, RotationTest.PositiveSum([1, -5]), 1e-7);
        Assert.Equal(1, RotationTest.PositiveSum([1, 2]), 1e-7);
    }

    [Fact]
    public void Signs_are_counted_whole_where_they_are_few()
    {
        // Of the 512 patterns of signs (up to turning all) only that of the data makes ten positive numbers sum as high.
        Assert.Equal(1.0 / 512, RotationTest.BySigns(Products([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])), 12);
        Assert.Equal(1, RotationTest.BySigns(Products(new double[10])));
        Assert.Equal(1, RotationTest.ByRotation(Products(new double[5])));
    }

    // README.md beside RotationTest names both levels: 1000 worlds, always the same ones; a true 5 % shows as 2.9 to 7.1 in all but one of 400 simulations.
    [Theory]
    [InlineData(0, 0.029, 0.071)]
    [InlineData(0.5, 0, 0.015)]
    public void Five_vectors_of_unlike_lengths_are_found_to_differ_too_seldom_never_too_often(double spread, double low, double high)
    {
        var wrong = Enumerable.Range(0, 1000).Count(world =>
        {
            var random = new SeededRandom(world, "lengths");
            double[][] vectors = [.. Enumerable.Range(0, 5).Select(_ => Math.Exp(spread * random.Normal())).Select(length => Enumerable.Range(0, 25).Select(_ => length * random.Normal()).ToArray())];
            return RotationTest.ByRotation([.. vectors.Select(one => vectors.Select(other => one.Zip(other, (a, b) => a * b).Sum()).ToArray())]) < 0.05;
        });
        Assert.InRange(wrong / 1000.0, low, high);
    }

    [Fact]
    public void Rotation_agrees_with_turning_the_vectors_at_random()
    {
        var random = new SeededRandom(3);
        double[][] vectors = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 4).Select(place => random.Normal() + (place == 0 ? 0.7 : 0)).ToArray())];
        double[][] products = [.. vectors.Select(one => vectors.Select(other => one.Zip(other, (a, b) => a * b).Sum()).ToArray())];
        double Along(double[] direction) => direction.Select((a, i) => direction.Select((b, j) => a * b * products[i][j]).Sum()).Sum() / direction.Sum(value => value * value);
        var real = Along([1, 1, 1, 1, 1, 1]);
        const int draws = 20_000;
        var asFar = Enumerable.Range(0, draws).Count(_ => Along([.. Enumerable.Range(0, 6).Select(_ => random.Normal())]) >= real);
        Assert.Equal((double)asFar / draws, RotationTest.ByRotation(products), 0.012);
    }

    private static double[][] Products(double[] values) => [.. values.Select(one => values.Select(other => one * other).ToArray())];
}
