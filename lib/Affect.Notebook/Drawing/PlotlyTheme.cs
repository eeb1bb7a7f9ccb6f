namespace Affect.Notebook.Drawing;

/// <summary>Figures for plotly.js: the parts that they share, in the colours of one theme.</summary>
/// <param name="theme">Light or dark.</param>
public sealed class PlotlyTheme(FigureTheme theme)
{
    /// <summary>A colour of this theme.</summary>
    public string Of(ThemedColour colour) => colour.On(theme);

    /// <summary>A colour of this theme that lets what is behind shine through.</summary>
    public string Of(ThemedColour colour, double opacity) =>
        FormattableString.Invariant($"rgba({string.Join(',', Convert.FromHexString(Of(colour).AsSpan(1)))},{opacity})");

    /// <summary>Title, fonts, background and margins.</summary>
    internal JsonObject Layout(string title) => Json(
        ("title", Json(
            ("text", Escape(title)), ("x", 0.01), ("xanchor", "left"), ("yref", "container"), ("y", 0.98), ("yanchor", "top"), ("automargin", true),
            ("font", Json(("size", 16))))),
        ("font", Json(("color", Of(Palette.Ink)), ("size", 12), ("family", "Helvetica, Arial, sans-serif"))),
        ("paper_bgcolor", Of(Palette.Surface)),
        ("plot_bgcolor", Of(Palette.Surface)),
        ("margin", Json(("l", 60), ("r", 20), ("t", 24), ("b", 50))),
        ("legend", Json(("orientation", "h"), ("x", 0), ("y", 1.02), ("yanchor", "bottom"))),
        ("hovermode", "closest"));

    /// <summary>One axis with a title.</summary>
    public JsonObject Axis(string title) => Json(
        ("title", Json(("text", Escape(title)))), ("gridcolor", Of(Palette.Grid)), ("linecolor", Of(Palette.Muted)), ("zeroline", false),
        ("automargin", true));

    /// <summary>The axes of rows of scores: the scores from left to right, the rows' names from top to bottom.</summary>
    internal void Rows(JsonObject layout, string scores, double? top = null)
    {
        layout["xaxis"] = Axis(scores);
        if (top is { } highest) layout["xaxis"]!["range"] = new JsonArray(0, highest);
        layout["yaxis"] = Json(("autorange", "reversed"), ("automargin", true));
    }

    /// <summary>The axes of something by layer.</summary>
    internal void Layers(JsonObject layout, string quantity, int last)
    {
        layout["xaxis"] = Axis(Axes.LayerName);
        layout["yaxis"] = Axis(quantity);
        layout["xaxis"]!["dtick"] = LayerStep(last);
    }

    /// <summary>How far the numbers of layers are apart.</summary>
    internal static int LayerStep(int last) => last > 14 ? 2 : 1;

    /// <summary>A trace, in plotly's own words; parts that are null are left out. <see cref="Numbers"/> and <see cref="Names"/> make the axes'
    /// values.</summary>
    public static JsonObject Trace(
        string type, JsonArray x, JsonArray y, string? mode = null, string? orientation = null, string? name = null, string? hoverInfo = null,
        JsonObject? xErrors = null, JsonObject? yErrors = null, JsonObject? marker = null, JsonObject? line = null, string? hover = null) => Json(
            ("type", type), ("mode", mode), ("orientation", orientation), ("name", name is null ? null : Escape(name)), ("hoverinfo", hoverInfo),
            ("x", x), ("y", y),
            ("error_x", xErrors), ("error_y", yErrors), ("marker", marker), ("line", line), ("hovertemplate", hover));

    /// <summary>A line with a name.</summary>
    public JsonObject Line(
        string name, IEnumerable<double> x, IEnumerable<double> y, ThemedColour colour, string dash = "solid", string? hoverInfo = null) =>
        Trace("scatter", Numbers(x), Numbers(y), mode: "lines", name: name, hoverInfo: hoverInfo, line: Json(("color", Of(colour)), ("dash", dash)));

    /// <summary>Markers of one colour.</summary>
    public JsonObject Markers(ThemedColour colour, int size) => Json(("color", Of(colour)), ("size", size));

    /// <summary>Bars, each of its own colour.</summary>
    public JsonObject Bars(IEnumerable<ThemedColour> colours, double? opacity = null) =>
        Json(("color", new JsonArray([.. colours.Select(colour => (JsonNode?)Of(colour))])), ("opacity", opacity));

    /// <summary>The intervals of scores.</summary>
    public static JsonObject Errors(IEnumerable<Interval> scores, double? thickness = null) => Json(
        ("type", "data"), ("symmetric", false), ("thickness", thickness), ("width", 0),
        ("array", Numbers(scores.Select(score => score.High - score.Value))),
        ("arrayminus", Numbers(scores.Select(score => score.Value - score.Low))));

    /// <summary>Numbers, to four decimals.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)Math.Round(value, 4))];

    /// <summary>Names.</summary>
    public static JsonArray Names(IEnumerable<string> values) => [.. values.Select(value => (JsonNode?)Escape(value))];

    /// <summary>A JSON object; parts that are null are left out.</summary>
    public static JsonObject Json(params ReadOnlySpan<(string Name, JsonNode? Value)> parts)
    {
        var json = new JsonObject();
        foreach (var (name, value) in parts)
            if (value is not null) json.Add(name, value);
        return json;
    }

    // plotly.js reads some markup in labels.
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
