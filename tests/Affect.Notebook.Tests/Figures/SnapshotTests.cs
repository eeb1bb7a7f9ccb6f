namespace Affect.Tests.Figures;

public sealed class SnapshotTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_figure_is_drawn_as_approved(string name) => Approval.Check($"{name}.svg", WithoutPictures(Samples.All[name].ToSvg()));

    [Theory]
    [InlineData("layer-curve-chosen")]
    [InlineData("confusion-long-names")]
    [InlineData("training-curve")]
    [InlineData("ablation")]
    [InlineData("modalities-scored")]
    [InlineData("face-strip")]
    [InlineData("missing-modalities")]
    public void A_narrow_figure_is_drawn_as_approved(string name) =>
        Approval.Check($"{name}-narrow.svg", WithoutPictures(Samples.All[name].ToSvg(new FigureStyle { Width = 340 })));

    [Theory]
    [InlineData("layer-curve-chosen")]
    [InlineData("cka-base")]
    [InlineData("training-curve-log")]
    [InlineData("ablation")]
    [InlineData("layer-weights")]
    [InlineData("modalities-scored")]
    public void A_figure_for_plotly_is_as_approved(string name) =>
        Approval.Check($"{name}.json", JsonNode.Parse(Samples.All[name].ToPlotlyJson())!.ToJsonString(Readable) + "\n");

    [Fact]
    public void The_figures_of_a_layer_analysis_leave_room_in_a_notebook_of_200_kilobytes()
    {
        string[] shown = ["class-balance", "layer-curve-flat", "layer-curve-chosen", "layer-curve-full", "cka-base", "layer-weights", "confusion"];
        var bytes = shown.Sum(name => Shown.Forms(Samples.All[name]).Sum(form => form.Value.ToJsonString(Compact).Length));
        Assert.InRange(bytes, 50_000, 180_000);
    }

    // How zlib packs a picture, and the last bit of a spectrum, are not ours to approve.
    private static string WithoutPictures(string svg) => Regex.Replace(svg, "href=\"data:[^\"]+\"", "href=\"data:\"", RegexOptions.None, TimeSpan.FromSeconds(10));

    [Fact]
    public void A_difference_shows_the_lines_that_differ_and_two_before_them()
    {
        Assert.Equal("line 4:\n    b\n    c\n  - d\n  + D\n  + E\n", Approval.Difference("a\nb\nc\nd\ne", "a\nb\nc\nD\nE\ne"));
    }
}
