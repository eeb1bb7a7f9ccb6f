namespace Affect.Notebook.Drawing;

/// <summary>Names what is drawn: with room, at the right end of each mark; on narrow canvases in a legend above the plot.</summary>
internal static class MarkNames
{
    /// <summary>Pixels that the names take at the right.</summary>
    internal const double Column = 180;

    /// <summary>From this width on names stand beside what they name.</summary>
    internal const double WideEnough = 620;

    /// <summary>Writes the names beside the plot, each as near to its mark as the others allow.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="marks">What to name.</param>
    /// <param name="y">The vertical scale, whose pixels end at the plot's top.</param>
    /// <param name="right">The plot's right edge.</param>
    internal static void Beside(SvgCanvas canvas, IReadOnlyList<NamedMark> marks, LinearScale y, double right)
    {
        var lines = marks.Select(mark => TextFace.Value.Wrap(mark.Text, Column - 28)).ToList();
        var centres = LabelColumn.Spread(
            [.. marks.Zip(lines, (mark, wrapped) => (y.At(mark.Value), wrapped.Count * TextFace.Value.LineHeight))], y.ToPixel - 8, y.FromPixel + 8, gap: 4);
        foreach (var (index, mark) in marks.Index())
        {
            var face = TextFace.Value with { Colour = mark.Colour };
            if (Math.Abs(centres[index] - y.At(mark.Value)) > 3 || mark.Marker >= 0)
                canvas.Line(right + 2, y.At(mark.Value), right + 12, centres[index], mark.Colour, 1, opacity: 0.6);
            if (mark.Marker >= 0) canvas.Marker(mark.Marker, right + 19, centres[index], 4.5, mark.Colour);
            var baseline = centres[index] - lines[index].Count * face.LineHeight / 2 + 12;
            canvas.Lines(lines[index], right + (mark.Marker >= 0 ? 28 : 16), baseline, face);
        }
    }

    /// <summary>Writes the names above the plot, with a piece of each line.</summary>
    /// <returns>The first free pixel below.</returns>
    internal static double Legend(SvgCanvas canvas, IEnumerable<NamedMark> marks, double top)
    {
        const double sample = 26;
        var (across, baseline) = (FigureHead.Margin, top + 12);
        foreach (var mark in marks)
        {
            var face = TextFace.Value with { Colour = mark.Colour };
            var text = face.Shorten(mark.Text, canvas.Width - 2 * FigureHead.Margin - sample);
            var width = sample + face.Width(text);
            if (across > FigureHead.Margin && across + width > canvas.Width - FigureHead.Margin) (across, baseline) = (FigureHead.Margin, baseline + 18);
            canvas.Line(across, baseline - 4, across + 20, baseline - 4, mark.Colour, 2, mark.Dash);
            if (mark.Marker >= 0) canvas.Marker(mark.Marker, across + 10, baseline - 4, 4.5, mark.Colour);
            canvas.Text(text, across + sample, baseline, face);
            across += width + 14;
        }
        return baseline + 8;
    }
}
