namespace Affect.Tests.Figures;

public sealed class LayerCurveFigureTests
{
    [Fact]
    public void Synthetic_data_is_called_synthetic_in_the_title()
    {
        Assert.Equal("Which layers hear emotion? (synthetic data)", new LayerCurveFigure(Samples.Chosen).Title);
        Assert.Equal(Samples.Flat.Title, new LayerCurveFigure(Samples.Flat).Title);
        Assert.Equal("Which layers hear emotion?", new LayerCurveFigure(Samples.Chosen with { IsSynthetic = false }).Title);
    }

    [Fact]
    public void The_summary_names_every_number_that_matters()
    {
        Assert.Equal(
            "Which layers hear emotion? (synthetic data). WAF (weighted F1) of 480 clips, 16 speakers, 5 speaker-disjoint folds. "
            + "HuBERT-base, trained: highest at layer 6, 0.600 [0.560, 0.645]; lowest at layer 0, 0.400 [0.360, 0.445]. "
            + "HuBERT-base, random weights: highest at layer 6, 0.330 [0.290, 0.375]; lowest at layer 0, 0.300 [0.260, 0.345]. "
            + "MFCC statistics: 0.352 [0.312, 0.397]. Chance 0.165, ceiling of the voice 0.712, ceiling of voice and words 0.734. Chosen layers: 4 to 9.",
            new LayerCurveFigure(Samples.Chosen).Summary);
    }

    [Fact]
    public void A_flat_curve_is_said_to_be_too_flat_and_shades_nothing()
    {
        var figure = new LayerCurveFigure(Samples.Flat);
        Assert.EndsWith("The curve is too flat to choose a range of layers.", figure.Summary, StringComparison.Ordinal);
        Assert.Contains("too flat to choose", figure.ToSvg(), StringComparison.Ordinal);
        Assert.DoesNotContain(Palette.Shade.Light, figure.ToSvg(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_vertical_axis_begins_at_zero_and_holds_the_ceiling()
    {
        using var json = JsonDocument.Parse(new LayerCurveFigure(Samples.Flat).ToPlotlyJson());
        var range = json.RootElement.GetProperty("layout").GetProperty("yaxis").GetProperty("range");
        Assert.Equal(0, range[0].GetDouble());
        Assert.InRange(range[1].GetDouble(), 0.712, 1);
    }

    [Fact]
    public void The_table_holds_a_row_per_layer_and_one_per_level()
    {
        var table = new LayerCurveFigure(Samples.Chosen).Table;
        Assert.Equal(["layer", "HuBERT-base, trained", "HuBERT-base, random weights"], table.Columns);
        Assert.Equal(["6", "0.600 [0.560, 0.645]", "0.330 [0.290, 0.375]"], table.Rows[6]);
        Assert.Equal(["MFCC statistics", "chance", "ceiling of the voice", "ceiling of voice and words"], table.Rows.Skip(13).Select(row => row[0]));
    }

    [Fact]
    public void A_point_stands_where_its_number_says()
    {
        // With one series points are not moved aside: the middle of layer 0's bar is its place.
        var svg = XDocument.Parse(new LayerCurveFigure(Samples.Flat with { Series = [Level(0.25), Level(0.5)] }).ToSvg());
        var texts = DrawnText.Of(svg);
        var zero = texts.Single(text => text.Text == "0.0");
        var eight = texts.Single(text => text.Text == "0.8");
        var perUnit = (zero.Top - eight.Top) / 0.8;
        var lines = svg.Descendants().Where(element => element.Name.LocalName == "path" && element.Attribute("fill")?.Value == "none").Select(element => element.Attribute("d")!.Value)
            .Where(path => path.Contains('L', StringComparison.Ordinal) && path.Split('L').Length == 3).Select(path => double.Parse(path[1..].Split('L')[0].Split(' ')[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal(0.25 * perUnit, lines[0] - lines[1], tolerance: 0.2);

        static LayerSeries Level(double value) => new()
        {
            Name = "level",
            Points = [.. Enumerable.Range(0, 3).Select(layer => new LayerPoint { Layer = layer, Score = Samples.Around(value) })],
        };
    }
}
