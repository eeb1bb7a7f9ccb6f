namespace Affect.Tests.Figures;

public sealed class LayoutTests
{
    private static readonly int[] Widths = [300, 340, 480, 560, 619, 620, 760, 1200];

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in Samples.All.Keys)
                foreach (var width in Widths) cases.Add(name, width);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_text_is_clipped(string name, int width)
    {
        var svg = Draw(name, width);
        var (right, bottom) = Size(svg);
        Assert.All(DrawnText.Of(svg), text =>
            Assert.True(text.Left >= 0 && text.Top >= 0 && text.Right <= right && text.Bottom <= bottom, $"{text} leaves the drawing of {right} x {bottom}"));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_two_texts_overlap(string name, int width)
    {
        var texts = DrawnText.Of(Draw(name, width));
        for (var i = 0; i < texts.Count; i++)
            for (var j = 0; j < i; j++) Assert.False(texts[i].Overlaps(texts[j]), $"{texts[i]} overlaps {texts[j]}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_text_is_smaller_than_eleven_pixels(string name, int width) => Assert.All(DrawnText.Of(Draw(name, width)), text => Assert.True(text.Size >= 11, text.ToString()));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_drawing_is_as_wide_as_asked_or_less_and_at_most_60_kilobytes(string name, int width)
    {
        var text = Samples.All[name].ToSvg(new FigureStyle { Width = width });
        Assert.True(Size(XDocument.Parse(text)).Width <= width);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, 60_000);
    }

    [Fact]
    public void An_overlap_would_be_seen()
    {
        var texts = DrawnText.Of(XDocument.Parse(
            """<svg xmlns="http://www.w3.org/2000/svg"><text x="0" y="12" font-size="12">layer</text><text x="20" y="14" font-size="12">three</text></svg>"""));
        Assert.True(texts[0].Overlaps(texts[1]));
    }

    [Fact]
    public void A_figure_for_one_theme_holds_no_style_sheet_and_only_that_themes_colours()
    {
        var dark = Samples.All["layer-curve-chosen"].ToSvg(new FigureStyle { Theme = FigureTheme.Dark });
        Assert.DoesNotContain("<style>", dark, StringComparison.Ordinal);
        Assert.Contains(Palette.Surface.Dark, dark, StringComparison.Ordinal);
        Assert.DoesNotContain(Palette.Surface.Light, dark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_that_follows_the_reader_has_a_rule_for_dark_pages()
    {
        var both = Samples.All["layer-curve-chosen"].ToSvg();
        Assert.Contains("@media (prefers-color-scheme:dark)", both, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_has_a_title_and_a_description_for_those_who_cannot_see_it()
    {
        var svg = Draw("layer-curve-flat", 760).Root!;
        var elements = svg.Elements().Take(2).ToList();
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal(Samples.Flat.Title, elements[0].Value);
        Assert.Contains("ceiling of the voice 0.712", elements[1].Value, StringComparison.Ordinal);
    }

    private static XDocument Draw(string name, int width) => XDocument.Parse(Samples.All[name].ToSvg(new FigureStyle { Width = width }));

    private static (double Width, double Height) Size(XDocument svg)
    {
        var box = svg.Root!.Attribute("viewBox")!.Value.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return (box[2], box[3]);
    }
}
