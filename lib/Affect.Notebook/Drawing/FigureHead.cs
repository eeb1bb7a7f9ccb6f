namespace Affect.Notebook.Drawing;

/// <summary>The title and subtitle that every figure begins with.</summary>
internal static class FigureHead
{
    /// <summary>Pixels left free at both sides of a figure.</summary>
    internal const double Margin = 14;

    /// <summary>Draws both, wrapped to the canvas.</summary>
    /// <returns>The first free pixel below them.</returns>
    internal static double Draw(SvgCanvas canvas, string title, string subtitle)
    {
        var room = canvas.Width - 2 * Margin;
        var baseline = canvas.Lines(TextFace.Title.Wrap(title, room), Margin, 26, TextFace.Title);
        if (subtitle.Length > 0) baseline = canvas.Lines(TextFace.Subtitle.Wrap(subtitle, room), Margin, baseline, TextFace.Subtitle);
        return baseline - 4;
    }
}
