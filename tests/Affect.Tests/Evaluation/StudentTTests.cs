namespace Affect.Tests.Evaluation;

public sealed class StudentTTests
{
    // Two degrees of freedom have a closed form, 1 − |t| / √(2 + t²); one has 1 − 2 atan(t) / π. The others are from printed tables.
    [Theory]
    [InlineData(1, 12.7062047)]
    [InlineData(2, 4.3026527)]
    [InlineData(4, 2.7764451)]
    [InlineData(9, 2.2621572)]
    [InlineData(49, 2.0095752)]
    [InlineData(1000, 1.9623391)]
    public void Quantiles_are_those_of_the_tables(double degrees, double quantile)
    {
        Assert.Equal(quantile, StudentT.Quantile(0.05, degrees), 6);
        Assert.Equal(0.05, StudentT.TwoSided(quantile, degrees), 7);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(40)]
    public void Probabilities_are_those_of_the_closed_forms(double t)
    {
        Assert.Equal(1 - 2 * Math.Atan(t) / Math.PI, StudentT.TwoSided(t, 1), 12);
        Assert.Equal(1 - t / Math.Sqrt(2 + t * t), StudentT.TwoSided(t, 2), 12);
    }

    [Fact]
    public void An_infinite_t_is_impossible_and_none_is_certain() => Assert.Equal((0.0, 1.0), (StudentT.TwoSided(double.PositiveInfinity, 3), StudentT.TwoSided(0, 3)));
}
