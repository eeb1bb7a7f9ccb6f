namespace Affect.Frames.Tests;

public sealed class FrameCellsTests
{
    [Fact]
    public void A_frame_is_shown_as_a_table_of_its_first_rows()
    {
        FrameCells.Register();
        var frame = new DataFrame(
            new StringDataFrameColumn("clip", [.. Enumerable.Range(0, 25).Select(row => row == 0 ? "<b>" : $"c{row}")]),
            new DoubleDataFrameColumn("waf", Enumerable.Range(0, 25).Select(row => row == 1 ? (double?)null : row / 8.0)));

        var forms = FormattedValue.CreateManyFromObject(frame).ToDictionary(form => form.MimeType, form => form.Value);

        Assert.Equal(["text/html", "text/plain"], forms.Keys);
        Assert.StartsWith("<table><thead><tr><th style=\"text-align:left\">clip</th><th style=\"text-align:right\">waf</th></tr></thead><tbody><tr><td style=\"text-align:left\">&lt;b&gt;</td>", forms["text/html"], StringComparison.Ordinal);
        Assert.Equal(21, forms["text/html"].Split("<tr>").Length - 1);
        Assert.EndsWith("<p>The first 20 of 25 rows, 2 columns.</p>", forms["text/html"], StringComparison.Ordinal);
        Assert.Equal("clip    waf\n<b>       0\nc1\nc2     0.25", string.Join('\n', forms["text/plain"].Split('\n')[..4]));
    }

    [Fact]
    public void Without_it_a_frame_is_a_tree_of_its_parts()
    {
        // When the package shows frames by itself, FrameCells can go.
        Formatter.ResetToDefault();
        Assert.Contains("class=\"dni-treeview\"", Html(), StringComparison.Ordinal);
        new[] { 1 }.ToDataFrame();
        Assert.StartsWith("<table>", Html(), StringComparison.Ordinal);

        static string Html() => FormattedValue.CreateManyFromObject(new DataFrame(new DoubleDataFrameColumn("waf", [0.5])))[0].Value;
    }
}
