namespace Affect.Tests.Alignment;

public sealed class RetrievalScoreTests
{
    [Fact]
    public void What_is_the_same_on_both_sides_is_found_at_once()
    {
        using var scope = NewDisposeScope();
        var states = randn([20, 8], generator: new Generator(1));
        var score = RetrievalScore.Of(states * 3, states);
        Assert.Equal((1, 1, 1, 1), (score.RecallAt1, score.RecallAt5, score.MedianRank, score.MeanReciprocalRank));
    }

    [Fact]
    public void Ranks_count_what_lies_nearer()
    {
        using var scope = NewDisposeScope();
        var acoustic = tensor(new float[] { 1, 0, 0, 1, 1, 1 }, new long[] { 3, 2 });
        var visual = tensor(new float[] { 0, 1, 0, 1, 0, 1 }, new long[] { 3, 2 }); // nearest: row 1, then row 2, then row 0
        var score = RetrievalScore.Of(visual, acoustic);
        Assert.Equal([3.0, 1, 2], score.Ranks);
        Assert.Equal(1.0 / 3, score.RecallAt1, 1e-12);
        Assert.Equal(2, score.MedianRank);
    }

    [Fact]
    public void What_says_nothing_scores_as_choosing_blindly()
    {
        using var scope = NewDisposeScope();
        var score = RetrievalScore.Of(ones(9, 4), ones(9, 4));
        Assert.Equal(5, score.MedianRank);
        Assert.Equal((0.1111, 0.5556, 5), (Math.Round(score.Chance.RecallAt1, 4), Math.Round(score.Chance.RecallAt5, 4), score.Chance.MedianRank));
        Assert.Equal(0, score.RecallAt1);
    }

    [Fact]
    public void Within_groups_only_sounds_of_the_own_group_are_candidates()
    {
        using var scope = NewDisposeScope();
        var states = randn([4, 3], generator: new Generator(1));
        var score = RetrievalScore.Of(states, states, ["a", "b", "b", "b"]);
        Assert.Equal([1, 3, 3, 3], score.Candidates);
        Assert.Equal((1 + 1.0 / 3 * 3) / 4, score.Chance.RecallAt1, 1e-12);
        Assert.Contains("groups must be one a clip, 4, but are 1", Assert.Throws<ArgumentException>(() => RetrievalScore.Of(states, states, ["a"])).Message, StringComparison.Ordinal);
    }
}
