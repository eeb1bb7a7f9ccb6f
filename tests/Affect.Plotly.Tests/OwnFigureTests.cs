namespace Affect.Plotly.Tests;

/// <summary>Figures that are written outside the library, as in a notebook's cell: this assembly sees its public members alone.</summary>
public sealed class OwnFigureTests : IDisposable
{
    private static readonly Figure Own = new LoudnessFigure("How loud are the clips?", [("a <b>", 0.25), ("c2", 0.5)]);

    private readonly string folder = Directory.CreateTempSubdirectory("affect-own-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void This_assembly_is_shown_no_internals() =>
        Assert.DoesNotContain(typeof(Figure).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>(), friend =>
            friend.AssemblyName == typeof(OwnFigureTests).Assembly.GetName().Name);

    [Fact]
    public void A_figure_of_ones_own_is_displayed_like_ours()
    {
        var forms = FormattedValue.CreateManyFromObject(Own).ToDictionary(form => form.MimeType, form => form.Value);
        Assert.Equal("How loud are the clips? (synthetic data). n = 2 clips.", forms["text/plain"]);
        Assert.StartsWith("<div data-figure=", forms["text/html"], StringComparison.Ordinal);
        Assert.Contains("if(window.Plotly)", forms["text/html"], StringComparison.Ordinal);
        var json = JsonNode.Parse(Own.ToDisplayString("application/vnd.plotly.v1+json"))!;
        Assert.Equal("[0.25,0.5]", json["data"]![0]!["x"]!.ToJsonString());
        Assert.Equal("level", (string?)json["layout"]!["xaxis"]!["title"]!["text"]);
        Assert.Equal("bar", Assert.Single(Own.ToChart().GetTraces()).type);
    }

    [Fact]
    public void It_is_saved_as_a_drawing_that_escapes_its_names()
    {
        var path = Path.Combine(folder, "own.svg");
        Own.Save(path, new FigureStyle { Width = 340, Theme = FigureTheme.Dark });
        var svg = XDocument.Load(path).Root!;
        Assert.Equal(("340", "img"), (svg.Attribute("width")!.Value, svg.Attribute("role")!.Value));
        Assert.Equal("How loud are the clips? (synthetic data)", svg.Elements().First().Value);
        Assert.Contains("a <b>", svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value));
    }

    [Fact]
    public void It_stands_on_the_pages_of_notebooks_and_of_reports_with_its_numbers()
    {
        var html = Own.ToDisplayString("text/html");
        var output = new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonObject { ["text/html"] = html } };
        var cell = new JsonObject { ["cell_type"] = "code", ["source"] = "1", ["outputs"] = new JsonArray(output) };
        var (notebook, page, report) = (Path.Combine(folder, "own.ipynb"), Path.Combine(folder, "own.html"), Path.Combine(folder, "report.html"));
        File.WriteAllText(notebook, new JsonObject { ["nbformat"] = 4, ["cells"] = new JsonArray(cell) }.ToJsonString());
        NotebookPage.Write(notebook, page);
        Assert.Contains($"<div class=\"output drawing\" id=\"figure-1\">{html}</div>", File.ReadAllText(page), StringComparison.Ordinal);
        using (var log = RunLog.Open(Path.Combine(folder, "run"))) log.Start("toy", new { });
        new RunReport(RunRecord.FindAll(folder)) { Figures = [Own] }.Write(report);
        Assert.Contains(html, File.ReadAllText(report), StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align:left\">a &lt;b&gt;</td><td style=\"text-align:right\">0.25</td>", File.ReadAllText(report),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_alone_is_a_figure()
    {
        var figure = new CrossFigure();
        Assert.Equal(("A cross.", true, 0), (figure.Summary, figure.IsPicture, figure.Table.Rows.Count));
        Assert.DoesNotContain("<script>", figure.ToDisplayString("text/html"), StringComparison.Ordinal);
        Assert.Contains("M14 30L114 130", figure.ToSvg(), StringComparison.Ordinal);
        Assert.Contains("is a picture (CrossFigure)", Assert.Throws<ArgumentException>(() => figure.ToChart()).Message, StringComparison.Ordinal);
    }

    private sealed class LoudnessFigure(string title, IReadOnlyList<(string Clip, double Level)> levels) : Figure(title, isSynthetic: true)
    {
        private const double Row = 24;

        public override string Subtitle => $"n = {levels.Count} clips.";

        public override FigureTable Table =>
            Tabulate("Loudness by clip", ["clip", "level"], levels.Select(one => (string[])[one.Clip, FormattableString.Invariant($"{one.Level}")]));

        protected override double Draw(SvgCanvas canvas, double top)
        {
            var x = new LinearScale(0, 1, 100, canvas.Width - SvgCanvas.Margin);
            var bottom = top + Row * levels.Count;
            Axes.Across(canvas, x, top, bottom, parts: 5);
            foreach (var (index, (clip, level)) in levels.Index())
            {
                canvas.Text(clip, x.FromPixel - 8, top + Row * index + 16, TextFace.Value, TextAnchor.End);
                canvas.Rectangle(x.FromPixel, top + Row * index + 4, x.At(level) - x.FromPixel, 16, Palette.Series(0));
            }
            Axes.Name(canvas, x, bottom + 34, "level");
            return bottom + Axes.Height;
        }

        protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
        {
            layout["xaxis"] = theme.Axis("level");
            return
            [
                PlotlyTheme.Trace("bar", PlotlyTheme.Numbers(levels.Select(one => one.Level)), PlotlyTheme.Names(levels.Select(one => one.Clip)),
                    orientation: "h"),
            ];
        }
    }

    private sealed class CrossFigure() : Figure("A cross")
    {
        protected override double Draw(SvgCanvas canvas, double top)
        {
            canvas.Line(14, 30, 114, 130, Palette.Ink);
            canvas.Line(14, 130, 114, 30, Palette.Ink);
            return 140;
        }
    }
}
