namespace Affect.Notebook.Drawing;

/// <summary>The colours and the common layout of figures for plotly.js.</summary>
internal sealed class PlotlyTheme(FigureTheme theme)
{
    /// <summary>A colour of this theme.</summary>
    internal string Of(ThemedColour colour) => theme == FigureTheme.Dark ? colour.Dark : colour.Light;

    /// <summary>A colour of this theme that lets what is behind shine through.</summary>
    internal string Of(ThemedColour colour, double opacity)
    {
        var hex = Of(colour);
        var channels = Enumerable.Range(0, 3).Select(index => int.Parse(hex.AsSpan(1 + 2 * index, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"rgba({string.Join(',', channels)},{opacity})");
    }

    /// <summary>Title, fonts, background and margins.</summary>
    internal JsonObject Layout(string title) => new()
    {
        ["title"] = new JsonObject
        {
            ["text"] = Escape(title),
            ["x"] = 0.01,
            ["xanchor"] = "left",
            ["yref"] = "container",
            ["y"] = 0.98,
            ["yanchor"] = "top",
            ["automargin"] = true,
            ["font"] = new JsonObject { ["size"] = 16 },
        },
        ["font"] = new JsonObject { ["color"] = Of(Palette.Ink), ["size"] = 12, ["family"] = "Helvetica, Arial, sans-serif" },
        ["paper_bgcolor"] = Of(Palette.Surface),
        ["plot_bgcolor"] = Of(Palette.Surface),
        ["margin"] = new JsonObject { ["l"] = 60, ["r"] = 20, ["t"] = 24, ["b"] = 50 },
        ["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 0, ["y"] = 1.02, ["yanchor"] = "bottom" },
        ["hovermode"] = "closest",
    };

    /// <summary>One axis with a title.</summary>
    internal JsonObject Axis(string title) => new()
    {
        ["title"] = new JsonObject { ["text"] = Escape(title) },
        ["gridcolor"] = Of(Palette.Grid),
        ["linecolor"] = Of(Palette.Muted),
        ["zeroline"] = false,
        ["automargin"] = true,
    };

    /// <summary>Numbers, to four decimals.</summary>
    internal static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(value => (JsonNode)JsonValue.Create(Math.Round(value, 4)))];

    /// <summary>Names.</summary>
    internal static JsonArray Names(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)JsonValue.Create(Escape(value)))];

    /// <summary>Text that plotly.js shows as it is: it reads some markup in labels.</summary>
    internal static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
