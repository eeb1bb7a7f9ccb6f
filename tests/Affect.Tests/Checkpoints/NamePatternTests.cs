namespace Affect.Tests.Checkpoints;

public sealed class NamePatternTests
{
    [Theory]
    [InlineData("a.b", "a.b", "")]
    [InlineData("layers.*.w", "layers.12.w", "12")]
    [InlineData("*.w", "x.y.w", "x.y")]
    [InlineData("lm_head.*", "lm_head.weight", "weight")]
    [InlineData("a*b*c", "a1b2c", "1,2")]
    [InlineData("a*a", "aa", "")]
    public void A_star_stands_for_any_run(string pattern, string name, string runs) =>
        Assert.Equal(runs, string.Join(",", NamePattern.Match(pattern, name)!));

    [Theory]
    [InlineData("a.b", "a.bc")]
    [InlineData("layers.*.w", "layers.w")]
    [InlineData("a*a", "a")]
    [InlineData("*.w", "w")]
    public void What_does_not_fit_is_not_matched(string pattern, string name) => Assert.Null(NamePattern.Match(pattern, name));

    [Fact]
    public void Runs_take_the_stars_places_in_order() => Assert.Equal("x.1.y.2", NamePattern.Fill("x.*.y.*", ["1", "2"]));
}
