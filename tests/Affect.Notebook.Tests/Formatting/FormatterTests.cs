namespace Affect.Tests.Formatting;

public sealed class FormatterTests
{
    public static TheoryData<object?, string> Plain => new()
    {
        { null, "null" },
        { 0.1, "0.1" },
        { 1e-7f, "1E-07" },
        { true, "true" },
        { "a <b>", "a <b>" },
        { DayOfWeek.Monday, "Monday" },
        { (1, "two", 3.14159265), "(1, two, 3.1416)" },
        { typeof(Dictionary<string, int[]>), "Dictionary<String, Int32[]>" },
        { new[] { 1, 2, 3 }, "[1, 2, 3]" },
        { new[] { 0.5, 0.25 }, "[0.5, 0.25]" },
        { Enumerable.Range(0, 103), "[" + string.Join(", ", Enumerable.Range(0, 100)) + ", … 3 more]" },
        { new Interval { Value = 0.5, Low = 0.4, High = 0.6 }, "0.500 [0.400, 0.600]" },
        { EmotionSet.Mer2024, "neutral, angry, happy, sad, worried, surprise" },
        { new object(), "Object" },
        { Array.Empty<Point>(), "[]" },
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public void A_plain_value_is_its_text_and_nothing_else(object? value, string text)
    {
        var form = Assert.Single(Shown.Forms(value));
        Assert.Equal(("text/plain", text), (form.Key, form.Value.ToString()));
    }

    [Fact]
    public void A_record_is_a_table_of_its_properties()
    {
        var bundle = Shown.Forms(new Point { Name = "<p>", X = 1.23456789, Tags = ["a", "b"] });
        Assert.Equal("Point\nName  <p>\nX     1.2346\nTags  [a, b]", bundle["text/plain"].ToString());
        Assert.Contains("<th style=\"text-align:left\">Name</th><td style=\"text-align:left\">&lt;p&gt;</td>", bundle["text/html"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_collection_of_records_is_a_table_and_says_how_many_more_there_are()
    {
        var bundle = Shown.Forms(Enumerable.Range(0, 25).Select(x => new Point { Name = $"p{x}", X = x / 3.0 }));
        var text = bundle["text/plain"].ToString().Split('\n');
        Assert.Equal("Name       X  Tags", text[0]);
        Assert.Equal("p1    0.3333  []", text[2]);
        Assert.Equal("The first 20 of 25 rows; 5 more.", text[^1]);
        Assert.Equal(22, text.Length);
        Assert.Equal(21, bundle["text/html"].ToString().Split("<tr>").Length - 1);
    }

    [Fact]
    public void Anonymous_values_and_dictionaries_are_tables()
    {
        Assert.Equal("a  b\n1  x\n2  y", Shown.Text(new[] { new { a = 1, b = "x" }, new { a = 2, b = "y" } }));
        Assert.Equal("key  value\nsad      3", Shown.Text(new Dictionary<string, int> { ["sad"] = 3 }));
        Assert.Equal("a  1\nb  x", Shown.Text(new { a = 1, b = "x" }));
    }

    [Fact]
    public void An_object_that_points_back_to_itself_is_shown_once()
    {
        var node = new Node();
        node.Next = node;
        Assert.Equal("Node\nNext  Node", Shown.Text(node));
    }

    [Fact]
    public void A_property_that_throws_tells_why()
    {
        Assert.Equal("Broken\nValue  (nothing here)", Shown.Text(new Broken()));
    }

    [Fact]
    public void A_configuration_is_a_table()
    {
        Assert.Contains("HiddenSize            768", Shown.Text(HubertConfig.Base), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_tells_what_caused_it_and_is_escaped()
    {
        var bundle = Shown.Forms(new InvalidOperationException("outer <x>", new FormatException("inner")));
        Assert.Equal("InvalidOperationException: outer <x>\ncaused by FormatException: inner", bundle["text/plain"].ToString());
        Assert.Contains("outer &lt;x&gt;", bundle["text/html"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_is_one_bundle_of_picture_chart_and_words()
    {
        var figure = Samples.All["class-balance"];
        var bundle = Shown.Forms(figure);
        Assert.Equal(["application/vnd.plotly.v1+json", "text/html", "text/plain"], bundle.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("bar", (string)bundle["application/vnd.plotly.v1+json"]["data"]![0]!["type"]!);
        Assert.Equal(figure.Summary, bundle["text/plain"].ToString());
        Assert.Contains("<img src=\"data:image/svg+xml;base64,", bundle["text/html"].ToString(), StringComparison.Ordinal);
        Assert.Contains("if(window.Plotly)", bundle["text/html"].ToString(), StringComparison.Ordinal);
        Assert.Equal(bundle["text/html"].ToString(), Shown.Forms(figure)["text/html"].ToString());
    }

    [Fact]
    public void A_kernel_that_shows_the_preferred_forms_alone_is_sent_no_chart_that_it_would_send_as_text()
    {
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(Samples.All["class-balance"].GetType()).Order(StringComparer.Ordinal));
        Assert.Equal(["text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(Scores)).Order(StringComparer.Ordinal));
        Assert.Equal(["application/vnd.affect.claim+json", "text/html", "text/plain"], Formatter.GetPreferredMimeTypesFor(typeof(ClaimOutcome)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Scores_in_a_column_have_the_same_digits_and_intervals_stand_right()
    {
        var rows = new[] { new { name = "a", waf = 0.5, score = new Interval { Value = 0.5, Low = 0.4, High = 0.6 } }, new { name = "b", waf = 0.3333333, score = new Interval { Value = 0.25, Low = -0.1, High = 1 } } };
        Assert.Equal("name     waf                  score\na     0.5000   0.500 [0.400, 0.600]\nb     0.3333  0.250 [-0.100, 1.000]", Shown.Text(rows));
        Assert.Contains("<td style=\"text-align:right\">0.500 [0.400, 0.600]</td>", Shown.Forms(rows)["text/html"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_a_cells_is_ours_and_has_a_row_per_element_even_of_plain_values()
    {
        Assert.Contains("<td style=\"text-align:left\">&lt;a&gt;</td>", Shown.Forms(new[] { "<a>", "b" }.ToTabularDataResource())["text/html"].ToString(), StringComparison.Ordinal);
        Assert.Equal("a       b\n1  0.5000\n2  0.2500", Shown.Text(new[] { new { a = 1, b = 0.5 }, new { a = 2, b = 0.25 } }.ToTabularDataResource()));
    }

    internal sealed record Point
    {
        public string Name { get; init; } = "";

        public double X { get; init; }

        public IReadOnlyList<string> Tags { get; init; } = [];
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Broken
    {
        public int Value => throw new InvalidOperationException("nothing here");
    }
}
