namespace Affect.Tests.Drawing;

public sealed class DrawingTests
{
    [Fact]
    public void Text_is_as_wide_as_its_letters()
    {
        Assert.Equal(12 * (0.278 + 0.613 + 0.592 + 0.616 + 0.412), TextFace.Label.Width("layer"), tolerance: 1e-9);
        Assert.True((TextFace.Label with { IsBold = true }).Width("layer") > TextFace.Label.Width("layer"));
        Assert.Equal(12 * 2 * 1.05, TextFace.Label.Width("中性"), tolerance: 1e-9);
    }

    [Fact]
    public void Wrapped_lines_fit_and_lose_no_word()
    {
        const string text = "Which layers of HuBERT-base (random weights) hear emotion? Mimic, synthetic speech";
        var lines = TextFace.Title.Wrap(text, 200);
        Assert.All(lines, line => Assert.True(TextFace.Title.Width(line) <= 200));
        Assert.Equal(text, string.Join(' ', lines));
    }

    [Fact]
    public void A_word_that_does_not_fit_is_shortened()
    {
        var text = TextFace.Label.Shorten("disappointment", 60);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.True(TextFace.Label.Width(text) <= 60);
        Assert.Equal("sad", TextFace.Label.Shorten("sad", 60));
    }

    [Theory]
    [InlineData(0.8, 6, 0.2)]
    [InlineData(1.0, 6, 0.2)]
    [InlineData(0.5, 6, 0.1)]
    [InlineData(430, 6, 100)]
    public void Steps_are_round(double span, int parts, double step) => Assert.Equal(step, LinearScale.RoundStep(span, parts), tolerance: 1e-12);

    [Fact]
    public void Ticks_include_both_ends()
    {
        var scale = new LinearScale(0, 0.6, 100, 0);
        Assert.Equal([0, 0.2, 0.4, 0.6], scale.Ticks(0.2, "0.0#").Select(tick => Math.Round(tick.Value, 9)));
        Assert.Equal(50, scale.At(0.3), tolerance: 1e-9);
    }

    [Fact]
    public void Labels_keep_their_wish_where_there_is_room()
    {
        Assert.Equal([80, 20], LabelColumn.Spread([(80, 10), (20, 10)], top: 0, bottom: 100, gap: 2));
    }

    [Fact]
    public void Labels_that_want_one_place_share_it_evenly_and_stay_inside()
    {
        Assert.Equal([38, 50, 62], LabelColumn.Spread([(50, 10), (50, 10), (50, 10)], top: 0, bottom: 100, gap: 2));
        Assert.Equal([5, 17], LabelColumn.Spread([(0, 10), (1, 10)], top: 0, bottom: 100, gap: 2));
        Assert.Equal([83, 95], LabelColumn.Spread([(99, 10), (100, 10)], top: 0, bottom: 100, gap: 2));
    }

    [Fact]
    public void Names_are_escaped_and_what_xml_cannot_hold_is_replaced()
    {
        var canvas = new SvgCanvas(100, FigureTheme.Auto) { Height = 20 };
        canvas.Text("a<b & \"c\"\u0001", 0, 12, TextFace.Label);
        var text = XDocument.Parse(canvas.ToSvg("t", "d")).Descendants().Single(element => element.Name.LocalName == "text");
        Assert.Equal("a<b & \"c\"\uFFFD", text.Value);
    }
}
