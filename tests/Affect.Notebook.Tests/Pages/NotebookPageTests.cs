namespace Affect.Tests.Pages;

public sealed partial class NotebookPageTests : IDisposable
{
    private static readonly string Page = NotebookPage.ToHtml(NotebookSample.Notebook, "../notebooks", "index.html");

    private readonly string folder = Directory.CreateTempSubdirectory("affect-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_page_is_as_approved() => Approval.Check("notebook-page.html", WithoutPictures(Page));

    [Theory]
    [InlineData("2", "\"error\"", "", "null", "it ended in <a href=\"#cell-2\">cell 2 of 3</a>")]
    [InlineData("2", "\"error\"", "\"raises-exception\"", "3", null)]
    [InlineData("2", "\"stream\"", "", "3", null)]
    [InlineData("null", "\"stream\"", "", "null", "it ended in <a href=\"#cell-1\">cell 1 of 3</a>")]
    public void A_page_of_a_notebook_that_did_not_come_to_its_end_says_where_it_ended(string second, string kind, string tags, string third, string? said)
    {
        string Cell(string count, string output, string tag) => $"{{\"cell_type\":\"code\",\"execution_count\":{count},\"metadata\":{{\"tags\":[{tag}]}},\"outputs\":[{{\"output_type\":{output},\"ename\":\"Timeout\",\"evalue\":\"\",\"text\":\"kept\"}}],\"source\":\"1\"}}";
        var json = $"{{\"nbformat\":4,\"cells\":[{Cell("1", "\"stream\"", "")},{Cell(second, kind, tags)},{Cell(third, "\"stream\"", "")}]}}";
        var page = NotebookPage.ToHtml(ExecutedNotebook.Parse(json, "n.ipynb"));
        Assert.Equal(said is not null, page.Contains("did not come to its end", StringComparison.Ordinal));
        Assert.Contains(said ?? "kept", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_needs_nothing_from_elsewhere()
    {
        var own = Links().Replace(Page, "");
        Assert.DoesNotMatch(Elsewhere(), own);
    }

    [Fact]
    public void Code_and_outputs_are_shown_and_not_obeyed()
    {
        Assert.Contains("&lt;b&gt;", Page, StringComparison.Ordinal);
        Assert.Contains("<pre class=\"columns\">Encoding 2 of 2\ndone &lt;ok&gt;</pre>", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", Page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;</td>", Page, StringComparison.Ordinal);
        Assert.Contains("as &lt;it&gt; is", Page, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Page);
        Assert.Contains("<div class=\"output error\"><pre class=\"columns\">ClaimFailedException: no\n  cell[2]:line 1 &lt;here&gt;</pre>", Page, StringComparison.Ordinal);
        Assert.Contains("<div class=\"output stderr\"><pre>warning: slow</pre>", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_richest_form_is_shown()
    {
        Assert.Contains("<div data-figure=", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("n = 510 clips of 16 speakers. neutral", Page, StringComparison.Ordinal);
        Assert.Contains("src=\"data:image/png;base64,AAAABBBB\"", Page, StringComparison.Ordinal);
        Assert.Contains("<strong>loud</strong>", Page, StringComparison.Ordinal);
        Assert.Contains("&quot;a&quot;: 1", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_and_claims_can_be_linked_to()
    {
        Assert.Equal(["claim-1", "claim-2", "figure-1"], Ids().Matches(Page).Select(match => match.Groups["id"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Links_lead_on_from_where_the_page_lies()
    {
        Assert.Contains("href=\"../notebooks/../lib/Affect/Probing/LayerProbe.cs#L1\"", Page, StringComparison.Ordinal);
        Assert.Contains("href=\"02-meet-the-corpus.html#data\"", Page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://arxiv.org/abs/2106.07447\"", Page, StringComparison.Ordinal);
        Assert.Contains("<nav><a href=\"index.html\">All notebooks</a></nav>", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_keeps_every_character_and_is_coloured()
    {
        const string code = "#r \"a.dll\"\nvar x = $\"{y:F2}\"; /* \"no\" */ // 1 <var>\nvar raw = \"\"\"a \" b\"\"\"; char c = '\"'; double d = 1.5e-3;";
        var markup = CSharpMarkup.Of(code);
        Assert.Equal(code, XElement.Parse($"<x>{markup.Replace("&quot;", "\"", StringComparison.Ordinal)}</x>", LoadOptions.PreserveWhitespace).Value);
        Assert.Contains("<span class=\"c\">#r &quot;a.dll&quot;</span>", markup, StringComparison.Ordinal);
        Assert.Contains("<span class=\"k\">var</span> x = <span class=\"s\">$&quot;{y:F2}&quot;</span>; <span class=\"c\">/* &quot;no&quot; */</span> <span class=\"c\">// 1 &lt;var&gt;</span>", markup, StringComparison.Ordinal);
        Assert.Contains("<span class=\"s\">&quot;&quot;&quot;a &quot; b&quot;&quot;&quot;</span>", markup, StringComparison.Ordinal);
        Assert.Contains("<span class=\"n\">1.5e-3</span>", markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x_i^2", "<mrow><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></mrow>")]
    [InlineData("\\frac{a}{2}", "<mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mn>2</mn></mrow></mfrac></mrow>")]
    [InlineData("\\tfrac12 x", "<mrow><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>x</mi></mrow>")]
    [InlineData("\\hat{y} \\approx \\mathrm{softmax}(Wx)", "<mrow><mover accent=\"true\"><mrow><mi>y</mi></mrow><mo>^</mo></mover><mo>≈</mo><mtext>softmax</mtext><mo stretchy=\"false\">(</mo><mi>W</mi><mi>x</mi><mo stretchy=\"false\">)</mo></mrow>")]
    [InlineData("\\log p", "<mrow><mi>log</mi><mspace width=\"0.17em\"/><mi>p</mi></mrow>")]
    [InlineData("\\left( 1 \\right.", "<mrow><mo>(</mo><mn>1</mn><mrow></mrow></mrow>")]
    public void A_formula_becomes_markup_that_browsers_draw(string tex, string row) =>
        Assert.Equal($"<math aria-label=\"{tex}\">{row}</math>", TexMarkup.Of(tex, isBlock: false));

    [Theory]
    [InlineData("\\begin{cases} 1 \\end{cases}")]
    [InlineData("{a")]
    [InlineData("x_")]
    [InlineData("a < \\unknown")]
    [InlineData("\\")]
    public void A_formula_that_is_not_understood_is_shown_as_written(string tex) =>
        Assert.Equal($"<code>{tex.Replace("<", "&lt;", StringComparison.Ordinal)}</code>", TexMarkup.Of(tex, isBlock: false));

    [Fact]
    public void A_sum_has_its_limits_above_and_below_only_where_it_stands_by_itself()
    {
        Assert.Contains("<munderover><mo>∑</mo>", TexMarkup.Of("\\sum_{i=1}^N", isBlock: true), StringComparison.Ordinal);
        Assert.Contains("<math display=\"block\"", Page, StringComparison.Ordinal);
        Assert.Contains("<msubsup><mo>∑</mo>", TexMarkup.Of("\\sum_{i=1}^N", isBlock: false), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_is_written_beside_its_index()
    {
        var notebook = Path.Combine(folder, "notebooks", "03 which.ipynb");
        AtomicFile.WriteText(notebook, NotebookSample.Json);
        var page = Path.Combine(folder, "report", "03 which.html");
        NotebookPage.Write(notebook, page, indexFile: "index.html");
        Assert.Contains("href=\"../notebooks/../lib/Affect", File.ReadAllText(page), StringComparison.Ordinal);
        var index = Path.Combine(folder, "index.html");
        new NotebookIndex
        {
            Title = "Found & told",
            Lead = "Everything was run.",
            Notices = ["A quick run <only>."],
            Entries =
            [
                new NotebookIndexEntry { NotebookPath = notebook, PagePath = page, Seconds = 12.34 },
                new NotebookIndexEntry { NotebookPath = notebook, PagePath = page, Error = "cell 3 <stopped>" },
            ],
        }.Write(index);
        var html = File.ReadAllText(index);
        Assert.Contains("<a href=\"report/03%20which.html#claim-1\">best layer 6 &amp; WAF 0.61 &gt; chance</a>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"report/03%20which.html#figure-1\"><picture>", html, StringComparison.Ordinal);
        Assert.Contains("A quick run &lt;only&gt;.", html, StringComparison.Ordinal);
        Assert.Contains("cell 3 &lt;stopped&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Approval.Check("notebook-index.html", WithoutPictures(html));
    }

    [Fact]
    public void A_file_that_is_no_notebook_is_refused_by_name()
    {
        Assert.StartsWith("x.ipynb must be a notebook of nbformat 4, but is not: ", Assert.Throws<FormatException>(() => ExecutedNotebook.Parse("{", "x.ipynb")).Message, StringComparison.Ordinal);
        Assert.Equal("x.ipynb must be a notebook of nbformat 4, but has no list of cells.", Assert.Throws<FormatException>(() => ExecutedNotebook.Parse("[]", "x.ipynb")).Message);
    }

    [Fact]
    public void A_notebook_without_a_heading_is_called_by_its_name()
    {
        var notebook = ExecutedNotebook.Parse("""{"cells": [{"cell_type": "code", "source": "1", "outputs": [{"output_type": "execute_result", "data": {"text/plain": "1"}}]}]}""", "draft.ipynb");
        Assert.Contains("<h1>draft</h1>", NotebookPage.ToHtml(notebook), StringComparison.Ordinal);
    }

    // The drawings have approved files of their own.
    private static string WithoutPictures(string html) => Pictures().Replace(html, "data:image/svg+xml;base64,");

    [GeneratedRegex("data:image/svg\\+xml;base64,[A-Za-z0-9+/=]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Pictures();

    [GeneratedRegex("<a href=\"[^\"]*\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Links();

    [GeneratedRegex("https?:|\"//|url\\(|@import", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Elsewhere();

    [GeneratedRegex("id=\"(?<id>(claim|figure)-\\d+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Ids();
}
