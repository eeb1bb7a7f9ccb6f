namespace Affect.Tests.Evaluation;

/// <summary>A small part of <c>lab bench level</c> and <c>lab bench power</c>, whose whole tables are in lib/Affect/Evaluation/README.md.</summary>
public sealed class LevelSimulationTests
{
    // 500 worlds, always the same ones. The bounds are what a true 3 % falls below, and a true 5 % exceeds, in one of 100 simulations: the whole table has 3000 worlds a cell.
    [Theory]
    [InlineData(LevelQuestion.Score, 5)]
    [InlineData(LevelQuestion.Score, 20)]
    [InlineData(LevelQuestion.Difference, 5)]
    [InlineData(LevelQuestion.Difference, 20)]
    [InlineData(LevelQuestion.Seeds, 10)]
    [InlineData(LevelQuestion.Ranks, 20)]
    [InlineData(LevelQuestion.Ranks, 50)]
    [InlineData(LevelQuestion.Conditions, 10)]
    [InlineData(LevelQuestion.Layers, 5)]
    [InlineData(LevelQuestion.Layers, 10)]
    public void Wrong_answers_are_about_as_rare_as_they_promise(LevelQuestion question, int speakers) =>
        Assert.InRange(Plain(question, speakers, repeats: 500).Level, 0.014, 0.074);

    [Fact]
    public void The_percentile_bootstrap_fails_where_the_jackknife_holds() =>
        Assert.True(Plain(LevelQuestion.PercentileBootstrap, speakers: 5, repeats: 200).Level > 0.09);

    [Fact]
    public void A_bigger_difference_is_told_more_often_and_the_least_told_is_between_those_tried()
    {
        var world = new SimulatedWorld { Clips = [.. Enumerable.Repeat(12, 30)], Agreement = 0.8, SystemSpread = 0.1 };
        var report = PowerSimulation.Run(new PowerConfig { World = world, Runs = 1, Differences = [0.02, 0.2], Repeats = 100 });
        Assert.InRange(report.Power[0], 0.02, 0.4);
        Assert.InRange(report.Power[1], 0.95, 1);
        Assert.InRange(report.Least!.Value, 0.02, 0.2);
        Assert.InRange(report.Discordance, 0.1, 0.3);
        Assert.Null((report with { Power = [0.1, 0.2] }).Least);
    }

    [Fact]
    public void Spreads_and_agreement_are_measured_back_from_decisions()
    {
        var world = new SimulatedWorld { Clips = [.. Enumerable.Repeat(20, 600)], Accuracy = 0.6, SpeakerSpread = 0.5, SystemSpread = 0.4, Agreement = 0.7 };
        var drawn = world.Draw(new SeededRandom(1), systems: 2);
        Decisions Of(int system) => new(
            [.. Enumerable.Range(0, drawn.Classes).Select(label => $"{label}")], [.. Enumerable.Range(0, drawn.Target.Length).Select(clip => $"{clip}")], drawn.Speakers, drawn.Target,
            [.. drawn.Predicted[system][0].Select(decision => Enumerable.Range(0, drawn.Classes).Select(label => label == decision ? 1.0 : 0.0).ToArray())]);
        var measured = MeasuredWorld.Of(Of(0), Of(1));
        Assert.Equal(0.6, measured.Accuracy, 0.02);
        Assert.Equal(0.5, measured.SpeakerSpread, 0.07);
        Assert.Equal(0.4, measured.SystemSpread, 0.07);
        Assert.Equal(0.7, measured.Agreement, 0.07);
        Assert.Equal(600, measured.Clips.Count);
    }

    private static LevelRow Plain(LevelQuestion question, int speakers, int repeats) =>
        LevelSimulation.Run(LevelCase.All(isQuick: true).Single(one => one.Question == question), speakers, repeats);
}
