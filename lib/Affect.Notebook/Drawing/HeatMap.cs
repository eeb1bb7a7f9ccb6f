namespace Affect.Notebook.Drawing;

/// <summary>A grid of coloured cells, values between a lowest one (0 unless all are far above it) and 1.</summary>
internal sealed record HeatMap(int Rows, int Columns, Func<int, int, double> Value, double Lowest = 0)
{
    private const int LegendSteps = 17;

    /// <summary>Colours the cells, and writes into them in black or white, whichever is read better.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="left">The first column's left edge.</param>
    /// <param name="top">The first row's top.</param>
    /// <param name="width">A cell's width.</param>
    /// <param name="height">A cell's height.</param>
    /// <param name="text">The lines in a cell; null: the cells are too small.</param>
    internal void Draw(SvgCanvas canvas, double left, double top, double width, double height, Func<int, int, IReadOnlyList<string>>? text)
    {
        var cells = Enumerable.Range(0, Rows)
            .SelectMany(row => Enumerable.Range(0, Columns).Select(column => (Row: row, Column: column, Level: Level(row, column))));
        // One path per colour keeps a map of many cells small, and cells of one ink share one element.
        foreach (var level in cells.GroupBy(cell => cell.Level).OrderBy(level => level.Key))
            canvas.Shapes(string.Concat(level.Select(cell => Cell(cell.Row, cell.Column))), SequentialScale.Colour(level.Key));
        if (text is null) return;
        foreach (var ink in cells.GroupBy(cell => SequentialScale.Ink(cell.Level)))
            foreach (var (row, column, _) in ink)
                canvas.LinesAround(
                    text(row, column), left + (column + 0.5) * width, top + (row + 0.5) * height, TextFace.Cell with { Colour = ink.Key },
                    TextAnchor.Middle);

        string Cell(int row, int column) => SvgCanvas.Box(left + column * width, top + row * height, width, height);
    }

    /// <summary>Draws the scale of colours as a bar with its ends named.</summary>
    /// <returns>The drawing's height.</returns>
    internal static double Legend(SvgCanvas canvas, double left, double top, double width, string low, string high, string meaning)
    {
        var face = TextFace.Label;
        var (lowWidth, meaningWidth, highWidth) = (face.Width(low), face.Width(meaning), face.Width(high));
        var room = Math.Min(180, width - meaningWidth - lowWidth - highWidth - 36);
        var bar = left + (width - room - meaningWidth - lowWidth - highWidth - 24) / 2 + meaningWidth + lowWidth + 16;
        canvas.Text(meaning, bar - 16 - lowWidth, top + 10, face, TextAnchor.End);
        canvas.Text(low, bar - 6, top + 10, face, TextAnchor.End);
        for (var step = 0; step < LegendSteps; step++)
        {
            // A hair wider than its share, so that no seam shows.
            var share = room / LegendSteps + (step < LegendSteps - 1 ? 0.5 : 0);
            canvas.Rectangle(bar + step * room / LegendSteps, top, share, 12, SequentialScale.Step(step, LegendSteps));
        }
        canvas.Text(high, bar + room + 6, top + 10, face);
        return top + 12 + SvgCanvas.Margin;
    }

    /// <summary>The grid for plotly.js, and its axes.</summary>
    internal JsonObject Trace(PlotlyTheme theme, JsonObject layout, string columnName, string rowName, string hover)
    {
        layout["xaxis"] = theme.Axis(columnName);
        layout["yaxis"] = theme.Axis(rowName);
        layout["yaxis"]!["autorange"] = "reversed";
        return PlotlyTheme.Json(
            ("type", "heatmap"), ("zmin", Lowest), ("zmax", 1), ("hovertemplate", hover),
            ("colorscale", new JsonArray([.. SequentialScale.Stops().Select(stop => new JsonArray(stop.Place, theme.Of(stop.Colour)))])),
            ("z", new JsonArray([.. Enumerable.Range(0, Rows)
            .Select(row => PlotlyTheme.Numbers(Enumerable.Range(0, Columns).Select(column => Value(row, column))))])));
    }

    private int Level(int row, int column) => SequentialScale.Level((Value(row, column) - Lowest) / (1 - Lowest));
}
