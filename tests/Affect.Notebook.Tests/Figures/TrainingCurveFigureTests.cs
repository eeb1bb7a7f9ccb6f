namespace Affect.Tests.Figures;

public sealed class TrainingCurveFigureTests
{
    [Fact]
    public void The_summary_tells_where_each_curve_begins_and_ends()
    {
        var figure = new TrainingCurveFigure("Does it fall?", [TrainingSeries.Of("loss", [4, 3, 2, 1])], isSynthetic: false) { Levels = [new ScoreLevel("guessing", 3.5)] };
        Assert.Equal("Does it fall? loss (nats) by step. loss: from 4.00 to 1.00 after 4 steps. guessing: 3.50.", figure.Summary);
    }

    [Fact]
    public void A_long_curve_is_averaged_to_few_points_that_keep_its_mean()
    {
        var values = Enumerable.Range(0, 10_001).Select(step => (double)step).ToArray();
        var thin = TrainingSeries.Of("line", values).Thinned(100);
        Assert.Equal(100, thin.Values.Count);
        Assert.Equal(values.Average(), thin.Values.Average(), tolerance: 5);
        Assert.All(thin.Steps.Zip(thin.Values), point => Assert.Equal(point.First - 1, point.Second, tolerance: 1e-6));
    }

    [Fact]
    public void Between_one_epoch_and_the_next_there_is_nothing_to_count()
    {
        var figure = new TrainingCurveFigure("Does it fall?", [TrainingSeries.Of("loss", [4.8, 4.3, 4.1])], isSynthetic: false) { StepName = "epoch" };
        var written = DrawnText.Of(XDocument.Parse(figure.ToSvg())).Select(text => text.Text).ToList();
        Assert.Contains("2", written);
        Assert.DoesNotContain("1.5", written);
    }
}
