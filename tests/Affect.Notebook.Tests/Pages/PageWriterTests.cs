using System.Text;
using System.Text.RegularExpressions;
using Affect.Notebook;
using Affect.Notebook.Pages;

namespace Affect.Tests.Pages;

public sealed partial class PageWriterTests
{
    private static readonly Page Sample = new()
    {
        Title = "Layers & <emotion>",
        Lead = "What was found.",
        Sections =
        [
            new PageSection { Heading = "The curve", Blocks = [new Notice("Random weights."), new FigureBlock(Samples.All["layer-curve-flat"])] },
            new PageSection
            {
                Heading = "What was run",
                Blocks = [new Prose("In words."), new TableBlock(new FigureTable { Caption = "Settings", Columns = ["what", "value"], Rows = [["seed", "1"]] })],
            },
        ],
    };

    [Fact]
    public void A_page_needs_nothing_from_elsewhere()
    {
        foreach (var page in (Page[])[Sample, Sample with { PlotlyFile = "plotly.min.js" }])
        {
            var html = PageWriter.ToHtml(page);
            var drawings = DataUri().Matches(html).Select(match => Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups["data"].Value))).ToList();
            Assert.Equal(3, drawings.Count);
            var everything = html + string.Concat(drawings).Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal);
            Assert.DoesNotMatch(Elsewhere(), everything);
        }
    }

    [Fact]
    public void A_figure_comes_in_three_widths_with_its_title_words_and_numbers()
    {
        var html = PageWriter.ToHtml(Sample);
        Assert.Equal(2, Regex.Count(html, "<source "));
        Assert.Contains("alt=\"Which layers of HuBERT-base (random weights) hear emotion? Mimic, synthetic speech\"", html, StringComparison.Ordinal);
        Assert.Contains("<figcaption>WAF (weighted F1) of 480 clips", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">12</th><td>0.300 [0.260, 0.345]</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_shown_and_not_obeyed()
    {
        var html = PageWriter.ToHtml(Sample);
        Assert.Contains("<h1>Layers &amp; &lt;emotion&gt;</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<emotion>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folded_table_is_opened_on_demand_and_another_one_is_always_open()
    {
        var table = new FigureTable { Caption = "Settings", Columns = ["what", "value"], Rows = [["seed", "1"]] };
        string Html(bool isFolded) => PageWriter.ToHtml(new Page
        {
            Title = "t",
            Lead = "l",
            Sections = [new PageSection { Heading = "h", Blocks = [new TableBlock(table, isFolded)] }],
        });
        Assert.Contains("<details><summary>Settings</summary>", Html(isFolded: true), StringComparison.Ordinal);
        Assert.DoesNotContain("<details>", Html(isFolded: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_plotly_a_page_holds_no_script()
    {
        Assert.DoesNotContain("<script", PageWriter.ToHtml(Sample), StringComparison.Ordinal);
    }

    [Fact]
    public void With_plotly_a_figure_brings_its_json_for_light_and_dark_pages()
    {
        var html = PageWriter.ToHtml(Sample with { PlotlyFile = "plotly.min.js" });
        Assert.Contains("<script src=\"plotly.min.js\"></script>", html, StringComparison.Ordinal);
        Assert.Contains("data-theme=\"light\">{", html, StringComparison.Ordinal);
        Assert.Contains("data-theme=\"dark\">{", html, StringComparison.Ordinal);
    }

    [GeneratedRegex("data:image/svg\\+xml;base64,(?<data>[A-Za-z0-9+/=]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DataUri();

    [GeneratedRegex("https?:|\"//|url\\(|@import", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Elsewhere();
}
