namespace Affect.Tests.Data;

public sealed class SeededRandomTests
{
    // SplitMix64 from state 0, as published with the algorithm (and in java.util.SplittableRandom).
    [Fact]
    public void The_step_is_splitmix64() =>
        Assert.Equal([0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL], Bits(new SeededRandom(0)));

    [Fact]
    public void Streams_of_one_seed_differ()
    {
        Assert.NotEqual(Bits(new SeededRandom(1, "a")), Bits(new SeededRandom(1, "b")));
        Assert.Equal(Bits(new SeededRandom(1, "a")), Bits(new SeededRandom(1, "a")));
    }

    [Fact]
    public void Normal_draws_have_mean_0_and_deviation_1_and_whole_ones_are_even()
    {
        var random = new SeededRandom(5);
        var draws = Enumerable.Range(0, 20_000).Select(_ => random.Normal()).ToArray();
        Assert.InRange(draws.Average(), -0.03, 0.03);
        Assert.InRange(draws.Average(value => value * value), 0.96, 1.04);
        var counts = Enumerable.Range(0, 6000).GroupBy(_ => random.Below(6)).Select(group => group.Count()).ToArray();
        Assert.Equal(6, counts.Length);
        Assert.All(counts, count => Assert.InRange(count, 880, 1120));
    }

    private static ulong[] Bits(SeededRandom random) => [random.NextBits(), random.NextBits(), random.NextBits()];
}
