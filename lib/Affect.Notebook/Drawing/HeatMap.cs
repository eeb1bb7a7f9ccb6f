namespace Affect.Notebook.Drawing;

/// <summary>A grid of coloured cells, values between a lowest one (0 unless all are far above it) and 1.</summary>
internal sealed class HeatMap(SvgCanvas canvas, double left, double top, double cellWidth, double cellHeight, double lowest = 0)
{
    private static readonly TextFace CellFace = new(TextFace.Smallest, Palette.Ink);

    /// <summary>Colours the cells: one path per colour, which keeps a map of many cells small.</summary>
    internal void Draw(int rows, int columns, Func<int, int, double> value)
    {
        var paths = new SortedDictionary<int, StringBuilder>();
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++)
            {
                var level = Level(value(row, column));
                if (!paths.TryGetValue(level, out var path)) paths.Add(level, path = new StringBuilder());
                var (x, y) = (left + column * cellWidth, top + row * cellHeight);
                path.Append($"M{SvgCanvas.F(x)} {SvgCanvas.F(y)}h{SvgCanvas.F(cellWidth)}v{SvgCanvas.F(cellHeight)}h{SvgCanvas.F(-cellWidth)}z");
            }
        foreach (var (level, path) in paths) canvas.Shapes(path.ToString(), SequentialScale.Colour(level));
    }

    /// <summary>Writes lines of text into the cells, black or white by what is read better.</summary>
    internal void Write(int rows, int columns, Func<int, int, double> value, Func<int, int, IReadOnlyList<string>> lines)
    {
        // Cells of one ink together share one element.
        var cells = Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, columns).Select(column => (Row: row, Column: column, Ink: SequentialScale.Ink(Level(value(row, column))))));
        foreach (var ink in cells.GroupBy(cell => cell.Ink))
            foreach (var (row, column, _) in ink)
            {
                var face = CellFace with { Colour = ink.Key };
                var text = lines(row, column);
                var baseline = top + (row + 0.5) * cellHeight - (text.Count - 1) * face.LineHeight / 2 + 4;
                canvas.Lines(text, left + (column + 0.5) * cellWidth, baseline, face, TextAnchor.Middle);
            }
    }

    private int Level(double value) => SequentialScale.Level((value - lowest) / (1 - lowest));

    /// <summary>Draws the scale of colours as a bar with its ends named.</summary>
    /// <returns>The drawing's height.</returns>
    internal static double Legend(SvgCanvas canvas, double left, double top, double width, string low, string high, string meaning)
    {
        var face = TextFace.Label;
        var room = Math.Min(180, width - face.Width(meaning) - face.Width(low) - face.Width(high) - 36);
        var bar = left + (width - room - face.Width(meaning) - face.Width(low) - face.Width(high) - 24) / 2 + face.Width(meaning) + face.Width(low) + 16;
        canvas.Text(meaning, bar - 16 - face.Width(low), top + 10, face, TextAnchor.End);
        canvas.Text(low, bar - 6, top + 10, face, TextAnchor.End);
        const int steps = 17;
        for (var step = 0; step < steps; step++)
        {
            var level = (int)Math.Round(step * (SequentialScale.Levels - 1.0) / (steps - 1));
            // A hair wider than its share, so that no seam shows.
            canvas.Rectangle(bar + step * room / steps, top, room / steps + (step < steps - 1 ? 0.5 : 0), 12, SequentialScale.Colour(level));
        }
        canvas.Text(high, bar + room + 6, top + 10, face);
        return top + 12 + FigureHead.Margin;
    }

    /// <summary>The grid for plotly.js.</summary>
    internal static JsonObject Trace(PlotlyTheme theme, int rows, int columns, Func<int, int, double> value, string hover, double lowest = 0) => new()
    {
        ["type"] = "heatmap",
        ["zmin"] = lowest,
        ["zmax"] = 1,
        ["hovertemplate"] = hover,
        ["colorscale"] = new JsonArray([.. SequentialScale.Stops().Select(stop => (JsonNode)new JsonArray(stop.Place, theme.Of(stop.Colour)))]),
        ["z"] = new JsonArray([.. Enumerable.Range(0, rows).Select(row => PlotlyTheme.Numbers(Enumerable.Range(0, columns).Select(column => value(row, column))))]),
    };
}
