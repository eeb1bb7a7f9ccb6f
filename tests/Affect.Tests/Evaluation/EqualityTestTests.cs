namespace Affect.Tests.Evaluation;

public sealed class EqualityTestTests
{
    private const int Clips = 240;

    private static readonly int[] Target = [.. Enumerable.Range(0, Clips).Select(clip => clip % 3)];
    private static readonly string[] Speakers = [.. Enumerable.Range(0, Clips).Select(clip => $"speaker {clip / 20}")];

    [Fact]
    public void Sets_of_equal_quality_are_not_told_apart()
    {
        // Over many seeds, p is spread evenly: about one in ten below 0.1.
        var small = Enumerable.Range(0, 60).Count(seed =>
            EqualityTest.Of(Target, [.. Enumerable.Range(0, 5).Select(set => Guess(0.5, 100 * seed + set))], Speakers, 3).PValue < 0.1);
        Assert.InRange(small, 1, 14);
    }

    [Fact]
    public void A_set_that_is_better_is_noticed()
    {
        var test = EqualityTest.Of(Target, [Guess(0.5, 1), Guess(0.5, 2), Guess(0.8, 3)], Speakers, 3);
        Assert.Equal(1.0 / 2048, test.PValue, 12); // no other of the 2^11 patterns of signs of 12 speakers is as far apart
        Assert.Equal(12, test.Speakers);
        Assert.EndsWith("p = 0.0005 (12 speakers)", test.ToString(), StringComparison.Ordinal);
        Assert.Equal(Scores.Of(Target, Guess(0.8, 3), 3).Waf, test.Scores[2], 12);
    }

    [Fact]
    public void The_same_decisions_differ_by_nothing() =>
        Assert.Equal(1, EqualityTest.Of(Target, [Guess(0.5, 1), Guess(0.5, 1)], Speakers, 3).PValue);

    [Fact]
    public void Too_little_to_compare_is_refused()
    {
        Assert.StartsWith("decisions must hold at least two sets", Assert.Throws<ArgumentException>(() => EqualityTest.Of(Target, [Target], Speakers, 3)).Message, StringComparison.Ordinal);
        Assert.StartsWith("speakers must hold one per clip, 240", Assert.Throws<ArgumentException>(() => EqualityTest.Of(Target, [Target, Target], ["a"], 3)).Message, StringComparison.Ordinal);
    }

    // Right with a given probability, otherwise one of the two other classes.
    private static int[] Guess(double right, int seed)
    {
        var random = new SeededRandom(seed);
        return [.. Target.Select(target => random.NextDouble() < right ? target : (target + 1 + (random.NextDouble() < 0.5 ? 1 : 0)) % 3)];
    }
}
