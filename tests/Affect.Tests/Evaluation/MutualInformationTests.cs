namespace Affect.Tests.Evaluation;

public sealed class MutualInformationTests
{
    [Fact]
    public void A_list_tells_all_of_itself_and_nothing_of_an_independent_one()
    {
        var random = new SeededRandom(1);
        int[] first = [.. Enumerable.Range(0, 4000).Select(_ => random.Below(4))];
        int[] other = [.. first.Select(_ => random.Below(6))];
        Assert.InRange(MutualInformation.Entropy(first), 1.998, 2);
        // All of it, less the bias of a table of 4 times 4: 9 / (2 · 4000 · ln 2).
        Assert.Equal(MutualInformation.Entropy(first) - 9 / (8000 * Math.Log(2)), MutualInformation.Bits(first, first), 1e-12);
        Assert.InRange(MutualInformation.Bits(first, other), -0.002, 0.002);
    }

    [Fact]
    public void A_noisy_copy_tells_what_the_formula_of_a_noisy_channel_says()
    {
        var random = new SeededRandom(2);
        int[] sent = [.. Enumerable.Range(0, 20_000).Select(_ => random.Below(2))];
        string[] received = [.. sent.Select(bit => (random.Chance(0.1) ? 1 - bit : bit) == 1 ? "one" : "none")];
        // 1 − H(0.1), Cover and Thomas, section 7.1.4.
        Assert.Equal(1 + 0.1 * Math.Log2(0.1) + 0.9 * Math.Log2(0.9), MutualInformation.Bits(sent, received), 0.01);
        Assert.Equal(MutualInformation.Bits(sent, received), MutualInformation.Bits(received, sent), 1e-12);
    }

    [Fact]
    public void Lists_of_other_lengths_or_of_nothing_are_refused()
    {
        Assert.StartsWith("second must have one class for each of 2 clips, but has 1.", Assert.Throws<ArgumentException>(() => MutualInformation.Bits([1, 2], [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MutualInformation.Bits(Array.Empty<int>(), Array.Empty<int>()));
    }
}
