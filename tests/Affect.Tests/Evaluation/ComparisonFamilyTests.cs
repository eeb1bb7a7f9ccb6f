namespace Affect.Tests.Evaluation;

/// <summary>Several questions at once.</summary>
public sealed class ComparisonFamilyTests
{
    [Fact]
    public void Holm_multiplies_step_by_step()
    {
        // Holm's own procedure by hand, as R's p.adjust gives it: 3 · 0.01; then 2 · 0.02; then max(0.04, 1 · 0.03).
        Assert.Equal([0.04, 0.03, 0.04], Holm.Adjust([0.03, 0.01, 0.02]).Select(p => Math.Round(p, 12)));
        Assert.Equal([1.0, 1.0], Holm.Adjust([0.7, 0.9]));
        Assert.Empty(Holm.Adjust([]));
        Assert.StartsWith("pValues must be between 0 and 1, but holds 1.5 at position 1.", Assert.Throws<ArgumentException>(() => Holm.Adjust([0.5, 1.5])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Corrected_intervals_agree_with_corrected_p_values()
    {
        var seen = new HashSet<string>();
        for (var seed = 0; seed < 30; seed++)
        {
            PairedComparison[] comparisons = [.. Enumerable.Range(0, 4).Select(question => Compare(0.02 + 0.06 * question, seed))];
            var corrected = ComparisonFamily.Correct(comparisons);
            foreach (var (one, raw) in corrected.Zip(comparisons))
            {
                Assert.Equal(4, one.Family);
                Assert.True(one.PValue >= raw.PValue);
                Assert.True(one.Difference.Low <= raw.Difference.Low && one.Difference.High >= raw.Difference.High);
                Assert.Equal(one.PValue < 0.05, one.Difference.Low > 0 || one.Difference.High < 0);
                seen.Add($"{raw.IsDistinguishable} {one.IsDistinguishable}");
            }
        }
        Assert.Contains("True False", seen); // what correcting is for
        Assert.Contains("True True", seen);
        Assert.DoesNotContain("False True", seen);
    }

    [Fact]
    public void A_family_says_that_it_was_corrected_and_is_not_corrected_twice()
    {
        var family = ComparisonFamily.Correct([Compare(0.3, 1), Compare(0.1, 1)]);
        Assert.Contains("corrected for 2 comparisons", family[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("must not be corrected yet", Assert.Throws<ArgumentException>(() => ComparisonFamily.Correct(family)).Message, StringComparison.Ordinal);
        Assert.Contains("put together by hand", Assert.Throws<ArgumentException>(() => ComparisonFamily.Correct([family[0] with { Family = 1, Estimate = null }])).Message, StringComparison.Ordinal);
        Assert.Contains("of one level", Assert.Throws<ArgumentException>(() => ComparisonFamily.Correct([Compare(0.3, 1), Compare(0.3, 1, level: 0.9)])).Message, StringComparison.Ordinal);
        Assert.StartsWith("comparisons must not be empty.", Assert.Throws<ArgumentException>(() => ComparisonFamily.Correct([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_speakers_are_refused_the_word_helps_however_clear_the_difference()
    {
        var four = Compare(0.5, 1, speakers: 4, each: 100);
        Assert.True(four.Difference.Low > 0);
        Assert.False(four.IsDistinguishable);
        Assert.Equal("has too few speakers (4) to tell", four.Verdict);
        Assert.EndsWith("too few speakers to tell", four.ToString(), StringComparison.Ordinal);
        Assert.Equal("helps", Compare(0.5, 1, speakers: 5, each: 100).Verdict);
    }

    private static PairedComparison Compare(double lead, int seed, int speakers = 10, int each = 12, double level = 0.95)
    {
        var random = new SeededRandom(seed, $"{lead}");
        int[] target = [.. Enumerable.Range(0, speakers * each).Select(clip => clip % 3)];
        int[] Guess(double right) => [.. target.Select(label => random.Chance(right) ? label : (label + 1 + random.Below(2)) % 3)];
        return PairedComparison.Of(target, Guess(0.45 + lead), Guess(0.45), 3, [.. Enumerable.Range(0, target.Length).Select(clip => $"{clip / each}")], level: level);
    }
}
