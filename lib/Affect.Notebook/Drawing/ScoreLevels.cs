namespace Affect.Notebook.Drawing;

/// <summary>Chance and the ceilings of a corpus: dashed lines, named with their scores, that look the same in every figure.</summary>
internal sealed class ScoreLevels
{
    /// <summary>The dashes of the chance level.</summary>
    internal const string ChanceDash = "5 4";

    private readonly ScoreLevel[] all;

    /// <summary>Levels to draw.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A ceiling is no score.</exception>
    internal ScoreLevels(double chance, IReadOnlyList<ScoreLevel> ceilings)
    {
        foreach (var ceiling in ceilings) Require.Between(0.0, 1.0, ceiling.Value, ceiling.Name);
        all = [new ScoreLevel("chance", chance), .. ceilings];
    }

    /// <summary>The highest of them.</summary>
    internal double Highest => all.Max(level => level.Value);

    /// <summary>The levels in words, as in <c>Chance 0.165, ceiling of the voice 0.712.</c></summary>
    internal string Text =>
        $"Chance {ScoreText.Of(all[0].Value)}{string.Concat(all[1..].Select(level => $", {level.Name} {ScoreText.Of(level.Value)}"))}.";

    /// <summary>A row of a figure's table for each.</summary>
    internal IEnumerable<string[]> Rows => all.Select(level => (string[])[level.Name, ScoreText.Of(level.Value)]);

    /// <summary>The levels with their names, for a legend.</summary>
    internal IEnumerable<NamedMark> Marks => all.Select((level, index) =>
        new NamedMark(
            $"{level.Name}\u00a0{ScoreText.Of(level.Value)}", level.Value, Palette.Muted, Dash: index == 0 ? ChanceDash : CeilingDash(index - 1)));

    /// <summary>The dashes of the n-th ceiling.</summary>
    internal static string CeilingDash(int index) => index % 2 == 0 ? "1.5 3.5" : "7 3 1.5 3";

    /// <summary>Draws them across the rows of a plot whose scores run from left to right.</summary>
    internal void DrawDown(SvgCanvas canvas, LinearScale x, double top, double bottom, ThemedColour? colour = null)
    {
        foreach (var mark in Marks) canvas.Line(x.At(mark.Value), top, x.At(mark.Value), bottom, colour ?? mark.Colour, 1.5, mark.Dash);
    }

    /// <summary>Draws them across a plot whose scores run from bottom to top.</summary>
    internal void DrawAcross(SvgCanvas canvas, LinearScale x, LinearScale y)
    {
        foreach (var mark in Marks) canvas.Line(x.FromPixel, y.At(mark.Value), x.ToPixel, y.At(mark.Value), mark.Colour, 1.5, mark.Dash);
    }

    /// <summary>For plotly.js, as vertical lines of the layout.</summary>
    internal JsonArray Shapes(PlotlyTheme theme) => [.. all.Select((level, index) => PlotlyTheme.Json(
        ("type", "line"), ("yref", "paper"), ("x0", Math.Round(level.Value, 4)), ("x1", Math.Round(level.Value, 4)), ("y0", 0), ("y1", 1),
        ("line", PlotlyTheme.Json(("color", theme.Of(Palette.Muted)), ("dash", PlotlyDash(index)), ("width", 1.5)))))];

    /// <summary>For plotly.js, as horizontal lines with names.</summary>
    internal IEnumerable<JsonObject> Traces(PlotlyTheme theme, double from, double to) => all.Select((level, index) =>
        theme.Line($"{level.Name} {ScoreText.Of(level.Value)}", [from, to], [level.Value, level.Value], Palette.Muted, PlotlyDash(index),
            hoverInfo: "name"));

    private static string PlotlyDash(int index) => index == 0 ? "dash" : "dot";
}
