using Chart = Plotly.NET.CSharp.Chart;

namespace Affect.Plotly.Tests;

public sealed class FigureChartsTests
{
    private static readonly string[] Pictures = [.. Samples.All.Where(figure => figure.Value is WaveformFigure or FaceStripFigure).Select(figure => figure.Key)];

    public static TheoryData<string> Charts => [.. Samples.All.Keys.Except(Pictures)];

    [Theory]
    [MemberData(nameof(Charts))]
    public void A_chart_is_all_of_the_figure_and_survives_json(string name)
    {
        var figure = JsonNode.Parse(Samples.All[name].ToPlotlyJson())!;

        var chart = Samples.All[name].ToChart();

        AssertSame(figure, JsonNode.Parse(ChartJson.Text(chart))!, "");
        Assert.Equal(ChartJson.Text(chart), ChartJson.Text(ChartJson.Parse(ChartJson.Text(chart))));
    }

    [Fact]
    public void A_picture_has_no_chart_and_says_what_it_has()
    {
        Assert.NotEmpty(Pictures);
        foreach (var name in Pictures)
        {
            var error = Assert.Throws<ArgumentException>(() => Samples.All[name].ToChart());
            Assert.Contains($"'{Samples.All[name].Title}' is a picture ({Samples.All[name].GetType().Name})", error.Message, StringComparison.Ordinal);
            Assert.Contains("ToSvg()", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_restyled_chart_keeps_everything_else()
    {
        var chart = Samples.All["layer-curve-chosen"].ToChart();
        var before = JsonNode.Parse(ChartJson.Text(chart))!;

        var restyled = chart.WithTitle("Mine").WithXAxisStyle<double, double, string>(TitleText: "block").WithSize(640, 480).WithLegendStyle(X: 0.5);

        Assert.Equal(before.ToJsonString(), JsonNode.Parse(ChartJson.Text(Samples.All["layer-curve-chosen"].ToChart()))!.ToJsonString());
        var after = JsonNode.Parse(ChartJson.Text(ChartJson.Parse(ChartJson.Text(restyled))))!;
        Assert.Equal(("Mine", "block", 640, 480, 0.5), ((string?)after["layout"]!["title"]!["text"], (string?)after["layout"]!["xaxis"]!["title"]!["text"], (int)after["layout"]!["width"]!, (int)after["layout"]!["height"]!, (double)after["layout"]!["legend"]!["x"]!));
        foreach (var (part, changed) in new[] { ("title", "text"), ("xaxis", "title"), ("legend", "x") })
            foreach (var (key, value) in before["layout"]![part]!.AsObject().Where(entry => entry.Key != changed))
                AssertSame(value, after["layout"]![part]![key], $"layout.{part}.{key}");
        AssertSame(before["data"], after["data"], "data");
        AssertSame(before["config"], after["config"], "config");
        AssertSame(before["layout"]!["shapes"], after["layout"]!["shapes"], "layout.shapes");
        AssertSame(before["layout"]!["annotations"], after["layout"]!["annotations"], "layout.annotations");
    }

    [Fact]
    public void Traces_and_notes_are_of_plotlys_own_types()
    {
        var chart = Samples.All["layer-curve-chosen"].ToChart();
        Assert.All(chart.GetTraces(), trace => Assert.IsType<Trace2D>(trace));
        Assert.NotNull(chart.GetLayout().TryGetTypedPropertyValue<LinearAxis>("yaxis"));
        Assert.NotNull(chart.GetLayout().TryGetTypedPropertyValue<IEnumerable<Shape>>("shapes"));
        // Plotly.NET joins lists of its own type; of another it would leave ours out.
        var one = new Layout();
        one.SetProperty("shapes", new[] { new Shape() });
        Assert.Equal(Shapes(chart) + 1, Shapes(GenericChart.addLayout(one, chart)));

        static int Shapes(GenericChart chart) => JsonNode.Parse(ChartJson.Text(chart))!["layout"]!["shapes"]!.AsArray().Count;
    }

    [Fact]
    public void A_page_of_a_chart_asks_nothing_of_the_net()
    {
        Assert.DoesNotContain("http", GenericChart.toEmbeddedHTML(Samples.All["confusion"].ToChart()), StringComparison.Ordinal);
        // What Plotly.NET does by itself, which is why: when it does not any more, ChartJson need not say NoReference.
        Assert.Contains("https://cdn", GenericChart.toEmbeddedHTML(Chart.Line<int, int, string>([1, 2], [3, 4])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]", "it is no object")]
    [InlineData("{", "JSON object with data, layout and config")]
    [InlineData("{\"data\":3}", "traces in 'data'")]
    [InlineData("{\"data\":[1]}", "traces in 'data'")]
    public void What_is_no_chart_is_refused(string json, string words) =>
        Assert.Contains(words, Assert.Throws<FormatException>(() => ChartJson.Parse(json)).Message, StringComparison.Ordinal);

    private static void AssertSame(JsonNode? expected, JsonNode? actual, string place)
    {
        switch (expected)
        {
            case JsonObject table:
                Assert.Equal(table.Where(entry => entry.Value is not null).Select(entry => place + "." + entry.Key).Order(StringComparer.Ordinal), actual!.AsObject().Select(entry => place + "." + entry.Key).Order(StringComparer.Ordinal));
                foreach (var (key, value) in table.Where(entry => entry.Value is not null)) AssertSame(value, actual![key], $"{place}.{key}");
                break;
            case JsonArray list:
                Assert.Equal((place, list.Count), (place, actual!.AsArray().Count));
                foreach (var (index, value) in list.Index()) AssertSame(value, actual![index], $"{place}[{index}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(expected, actual), $"{place}: {expected?.ToJsonString()} became {actual?.ToJsonString()}");
                break;
        }
    }
}
