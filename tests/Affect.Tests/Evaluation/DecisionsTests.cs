namespace Affect.Tests.Evaluation;

public sealed class DecisionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Are_the_same_after_a_round_trip()
    {
        var decisions = Of([0, 1, 1, 0], [[0.9, 0.1], [0.2, 0.8], [1.0 / 3, 2.0 / 3], [0.5, 0.5]]);
        decisions.Save(folder.In("d/decisions.csv"));
        var read = Decisions.Load(folder.In("d/decisions.csv"));
        Assert.Equal(decisions.Clips, read.Clips);
        Assert.Equal(decisions.Speakers, read.Speakers);
        Assert.Equal(decisions.Target, read.Target);
        Assert.Equal([0, 1, 1, 0], read.Predicted); // of equally probable classes the first
        Assert.Equal(decisions.Probabilities, read.Probabilities);
        Assert.Equal(1, read.Scores.Waf);
    }

    [Fact]
    public void Seeds_are_pooled_and_compared_in_pairs()
    {
        Decisions[] good = [Of([0, 1, 1, 0], Votes(0, 1, 1, 0)), Of([0, 1, 1, 0], Votes(0, 1, 1, 1))];
        Decisions[] bad = [Of([0, 1, 1, 0], Votes(1, 1, 1, 1)), Of([0, 1, 1, 0], Votes(1, 0, 0, 1))];
        var comparison = Decisions.Compare(good, bad);
        Assert.Equal(Decisions.Score(good).Value, comparison.First.Value);
        Assert.Equal(Scores.Of([0, 1, 1, 0, 0, 1, 1, 0], [0, 1, 1, 0, 0, 1, 1, 1], 2).Waf, comparison.First.Value, 12);
        Assert.Equal(comparison.First.Value - comparison.Second.Value, comparison.Difference.Value, 12);
        Assert.Throws<ArgumentException>(() => Decisions.Compare(good, [bad[0]]));
    }

    [Theory]
    [InlineData("clip,speaker,emotion\n", ":1: must begin with clip,speaker,emotion,predicted and the classes.")]
    [InlineData("clip,speaker,emotion,predicted,happy\na,b,sad,happy,1\n", ":2: the emotion must be one of happy, but is 'sad'.")]
    [InlineData("clip,speaker,emotion,predicted,happy\na,b,happy,happy,much\n", ":2: a probability must be a number, but is 'much'.")]
    [InlineData("clip,speaker,emotion,predicted,happy\na,b,happy\n", ":2: must have 5 fields, but has 3.")]
    public void A_damaged_file_is_named_with_its_line(string text, string message)
    {
        var path = folder.File("bad.csv", text);
        Assert.Equal(path + message, Assert.Throws<FormatException>(() => Decisions.Load(path)).Message);
    }

    [Fact]
    public void A_clip_that_is_there_twice_or_a_probability_that_is_no_number_is_refused()
    {
        Assert.Contains("'a' is there twice", Assert.Throws<ArgumentException>(() => new Decisions(["x"], ["a", "a"], ["s", "s"], [0, 0], [[1.0], [1.0]])).Message, StringComparison.Ordinal);
        Assert.Contains("finite probabilities", Assert.Throws<ArgumentException>(() => new Decisions(["x"], ["a"], ["s"], [0], [[double.NaN]])).Message, StringComparison.Ordinal);
    }

    private static Decisions Of(int[] target, double[][] probabilities) =>
        new(["happy", "sad"], ["a", "b", "c, d", "e"], ["s1", "s1", "s2", "s2"], target, probabilities);

    private static double[][] Votes(params int[] votes) => [.. votes.Select(vote => new[] { 1.0 - vote, vote })];
}
