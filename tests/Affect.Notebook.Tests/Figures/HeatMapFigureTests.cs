namespace Affect.Tests.Figures;

public sealed class HeatMapFigureTests
{
    [Fact]
    public void The_summary_of_similarities_names_neighbours_and_the_least_alike()
    {
        var figure = new CkaFigure("How alike?", Samples.Decay(4), clips: 20, isSynthetic: true);
        Assert.Equal(
            "How alike? (synthetic data). Linear CKA of 20 clips. Neighbouring layers 0.70 to 0.70; least alike are layers 0 and 3, 0.34.", figure.Summary);
    }

    [Fact]
    public void Similarities_that_round_to_one_are_told_apart_from_one()
    {
        var figure = new CkaFigure("How alike?", new[,] { { 1, 0.9978 }, { 0.9978, 1 } }, clips: 20, isSynthetic: false);
        Assert.EndsWith("least alike are layers 0 and 1, 0.9978.", figure.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_all_layers_are_alike_the_colours_begin_higher_and_the_figure_says_so()
    {
        var alike = new CkaFigure("How alike?", Samples.Decay(4, rate: 0.9), clips: 20, isSynthetic: false);
        Assert.EndsWith("Colours begin at 0.7.", alike.Subtitle, StringComparison.Ordinal);
        Assert.Contains(">0.7</text>", alike.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("\"zmin\":0.7", alike.ToPlotlyJson(), StringComparison.Ordinal);
        Assert.EndsWith("0 = unrelated.", new CkaFigure("How alike?", Samples.Decay(4), clips: 20, isSynthetic: false).Subtitle, StringComparison.Ordinal);
    }

    [Fact]
    public void Confusions_of_several_seeds_count_each_clip_once()
    {
        var figure = new ConfusionFigure("Taken for?", ["sad", "worried"], new[,] { { 3, 1 }, { 4, 4 } }, speakers: 2, isSynthetic: false) { Seeds = 2 };
        Assert.Equal("n = 6 held-out clips of 2 speakers, each decided on by 2 seeds. Each row adds up to 100 % of that emotion's decisions.", figure.Subtitle);
    }

    [Fact]
    public void The_summary_of_confusions_names_recalls_and_the_worst_confusion()
    {
        var figure = new ConfusionFigure("Taken for?", ["sad", "worried"], new[,] { { 3, 1 }, { 5, 5 } }, speakers: 2, isSynthetic: false);
        Assert.Equal(
            "Taken for? n = 14 held-out clips of 2 speakers. Each row adds up to 100 % of that emotion's clips. Recognised: sad 75 %, worried 50 %. "
            + "Most often confused: worried taken for sad, 50 % of 10 clips.",
            figure.Summary);
    }

    [Fact]
    public void An_emotion_without_clips_has_no_share_and_no_error()
    {
        var figure = new ConfusionFigure("Taken for?", ["sad", "worried"], new[,] { { 3, 0 }, { 0, 0 } }, speakers: 2, isSynthetic: false);
        Assert.Contains("worried 0 %", figure.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", figure.ToSvg(), StringComparison.Ordinal);
    }
}
