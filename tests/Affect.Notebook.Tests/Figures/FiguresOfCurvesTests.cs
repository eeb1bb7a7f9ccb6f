namespace Affect.Notebook.Tests.Figures;

/// <summary>Figures made straight from what a probe found, as notebooks make them.</summary>
public sealed class FiguresOfCurvesTests
{
    [Fact]
    public void Two_curves_a_reference_and_ceilings_stand_in_one_figure()
    {
        var (trained, random, reference) = (LayerCurves.Small("trained"), LayerCurves.Small("random weights", strength: 0), LayerCurves.Small("MFCC statistics"));
        var figure = new LayerCurveFigure([trained, random], reference, [new ScoreLevel("ceiling of the voice", 0.9)]);
        Assert.Equal(["trained", "random weights"], figure.Data.Series.Select(series => series.Name));
        Assert.Equal(reference.Layers[0].Waf, Assert.Single(figure.Data.References).Score);
        Assert.Contains("ceiling of the voice 0.900", figure.Description, StringComparison.Ordinal);
        Assert.Contains("trained", figure.Title, StringComparison.Ordinal);
        Assert.Contains("synthetic", figure.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void The_map_of_a_curve_holds_its_similarities()
    {
        var figure = new CkaFigure(LayerCurves.Small());
        Assert.Equal(3, figure.Table.Rows.Count);
        Assert.Contains("toy encoder", figure.Title, StringComparison.Ordinal);
    }
}
