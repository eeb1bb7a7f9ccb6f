using Chart = Plotly.NET.CSharp.Chart;

namespace Affect.Plotly.Tests;

public sealed class PlotlyCellsTests
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    public PlotlyCellsTests() => PlotlyCells.Register();

    [Fact]
    public void A_chart_of_plotly_net_is_shown_as_plotly_json_html_and_text()
    {
        var chart = Chart.Line<int, int, string>([1, 2], [3, 4]).WithTitle("</script><b>both</b>");

        var forms = FormattedValue.CreateManyFromObject(chart).ToDictionary(form => form.MimeType, form => form.Value);

        // .NET Interactive sends these two; our kernel all that is registered.
        Assert.Equal(["text/html", "text/plain"], forms.Keys);
        forms[Plotly] = chart.ToDisplayString(Plotly);
        var json = JsonNode.Parse(forms[Plotly])!;
        Assert.Equal(["data", "layout", "config"], json.AsObject().Select(entry => entry.Key));
        Assert.Equal("[3,4]", json["data"]![0]!["y"]!.ToJsonString());
        Assert.Equal("</script><b>both</b> (1 scatter)", forms["text/plain"]);
        Assert.DoesNotContain("http", string.Concat(forms.Values), StringComparison.Ordinal);
        // The chart's own text ends no script and is no markup.
        Assert.Single(forms["text/html"].Split("</script>")[..^1]);
        Assert.DoesNotContain("<b>", forms["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_figures_chart_is_shown_alike_and_twice_alike()
    {
        var forms = FormattedValue.CreateManyFromObject(Samples.All["confusion"].ToChart());
        Assert.Equal("What is each emotion taken for? (synthetic data) (1 heatmap)", forms[1].Value);
        Assert.Equal(forms.Select(form => form.Value), FormattedValue.CreateManyFromObject(Samples.All["confusion"].ToChart()).Select(form => form.Value));
    }

    [Fact]
    public void A_formatter_that_was_reset_is_told_again()
    {
        try
        {
            Formatter.ResetToDefault();
            Assert.DoesNotContain("data-chart", Html(), StringComparison.Ordinal);
            PlotlyCells.Register();
            Assert.Contains("data-chart", Html(), StringComparison.Ordinal);
        }
        finally
        {
            // What was reset is everybody's: other tests find the laboratory's forms as they were.
            typeof(Figure).Assembly.GetType("Affect.Notebook.Formatting.RegisteredFormats")!.GetMethod("Register", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, null);
        }

        static string Html() => FormattedValue.CreateManyFromObject(Chart.Line<int, int, string>([1], [2]))[0].Value;
    }
}
