namespace Affect.Tests.Evaluation;

/// <summary>The chance level against guessers that really guess.</summary>
public sealed class ChanceLevelTests
{
    [Fact]
    public void Balanced_classes_have_a_chance_of_one_in_their_number()
    {
        int[] target = [.. Enumerable.Range(0, 60).Select(i => i % 6)];
        var chance = ChanceLevel.Of(target, 6);
        foreach (var metric in Enum.GetValues<Metric>()) Assert.Equal(1.0 / 6, chance.Value(metric), 1e-12);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void No_blind_guesser_scores_more_than_chance(double share)
    {
        const int count = 60_000;
        var random = new SeededRandom(1);
        int Draw() => random.Chance(share) ? 0 : 1 + random.Below(3);
        int[] target = [.. Enumerable.Range(0, count).Select(_ => Draw())];
        int[] byFrequency = [.. Enumerable.Range(0, count).Select(_ => Draw())];
        var most = target.CountBy(c => c).MaxBy(pair => pair.Value).Key;
        int[] majority = [.. Enumerable.Repeat(most, count)];
        var chance = ChanceLevel.Of(target, 4);
        foreach (var metric in new[] { Metric.Waf, Metric.Uar, Metric.Accuracy })
        {
            var best = Math.Max(Scores.Of(target, byFrequency, 4).Value(metric), Scores.Of(target, majority, 4).Value(metric));
            Assert.Equal(best, chance.Value(metric), 0.006);
        }
    }

    [Fact]
    public void A_class_that_does_not_occur_does_not_lower_the_chance_of_recall() =>
        Assert.Equal(0.5, ChanceLevel.Of([0, 2, 2, 0], 6).Uar);
}
