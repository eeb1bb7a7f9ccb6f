namespace Affect.Notebook.Drawing;

/// <summary>Names what is drawn: with room, at the right end of each mark; on narrow canvases in a legend above the plot.</summary>
/// <param name="canvas">Where to draw.</param>
/// <param name="marks">What to name.</param>
public sealed class MarkNames(SvgCanvas canvas, IReadOnlyList<NamedMark> marks)
{
    private const double Column = 180;
    private const double Sample = 26;

    /// <summary>Whether there is room for the names beside what they name.</summary>
    public bool IsBeside { get; } = canvas.IsWide;

    /// <summary>The right edge of the plot.</summary>
    public double Right => canvas.Width - (IsBeside ? Column + 12 : SvgCanvas.Margin);

    /// <summary>Writes the names above the plot where there is no room beside it.</summary>
    /// <param name="top">The first free pixel.</param>
    /// <returns>The first free pixel below.</returns>
    public double Above(double top) => IsBeside ? top + 2 : Legend(canvas, marks, top + 4);

    /// <summary>Writes the names beside the plot where there is room, each as near to its mark as the others allow.</summary>
    /// <param name="y">The vertical scale, whose pixels end at the plot's top.</param>
    public void Beside(LinearScale y)
    {
        if (!IsBeside) return;
        var lines = marks.Select(mark => TextFace.Value.Wrap(mark.Text, Column - 28)).ToList();
        var wishes = marks.Zip(lines, (mark, wrapped) => (y.At(mark.Value), wrapped.Count * TextFace.Value.LineHeight));
        var centres = LabelColumn.Spread([.. wishes], y.ToPixel - 8, y.FromPixel + 8, gap: 4);
        foreach (var (index, mark) in marks.Index())
        {
            var face = TextFace.Value with { Colour = mark.Colour };
            if (Math.Abs(centres[index] - y.At(mark.Value)) > 3 || mark.Marker >= 0)
                canvas.Line(Right + 2, y.At(mark.Value), Right + 12, centres[index], mark.Colour, 1, opacity: 0.6);
            if (mark.Marker >= 0) canvas.Marker(mark.Marker, Right + 19, centres[index], 4.5, mark.Colour);
            var baseline = centres[index] - lines[index].Count * face.LineHeight / 2 + 12;
            canvas.Lines(lines[index], Right + (mark.Marker >= 0 ? 28 : 16), baseline, face);
        }
    }

    /// <summary>Writes names above a plot, with a piece of each line.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="marks">What to name.</param>
    /// <param name="top">The first free pixel.</param>
    /// <returns>The first free pixel below.</returns>
    public static double Legend(SvgCanvas canvas, IEnumerable<NamedMark> marks, double top)
    {
        var (across, baseline) = (SvgCanvas.Margin, top + 12);
        foreach (var mark in marks)
        {
            var face = TextFace.Value with { Colour = mark.Colour };
            var text = face.Shorten(mark.Text, canvas.Width - 2 * SvgCanvas.Margin - Sample);
            var width = Sample + face.Width(text);
            if (across > SvgCanvas.Margin && across + width > canvas.Width - SvgCanvas.Margin) (across, baseline) = (SvgCanvas.Margin, baseline + 18);
            canvas.Line(across, baseline - 4, across + 20, baseline - 4, mark.Colour, 2, mark.Dash);
            if (mark.Marker >= 0) canvas.Marker(mark.Marker, across + 10, baseline - 4, 4.5, mark.Colour);
            canvas.Text(text, across + Sample, baseline, face);
            across += width + 14;
        }
        return baseline + 8;
    }
}
