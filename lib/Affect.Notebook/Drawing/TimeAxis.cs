namespace Affect.Notebook.Drawing;

/// <summary>A horizontal axis of round numbers: seconds, or steps.</summary>
internal static class TimeAxis
{
    /// <summary>Draws the axis and its name below.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="x">The scale.</param>
    /// <param name="bottom">The axis's pixel.</param>
    /// <param name="name">What it counts.</param>
    /// <param name="room">Pixels from one number to the next at least.</param>
    /// <param name="isCounted">Whether there is nothing between one and the next: only whole numbers are then written.</param>
    internal static void Draw(SvgCanvas canvas, LinearScale x, double bottom, string name, double room, bool isCounted = false)
    {
        var step = LinearScale.RoundStep(x.To - x.From, Math.Max(1, (int)((x.ToPixel - x.FromPixel) / room)));
        if (isCounted) step = Math.Max(1, step);
        canvas.Line(x.FromPixel, bottom, x.ToPixel, bottom, Palette.Muted);
        foreach (var tick in x.Ticks(step))
        {
            canvas.Line(x.At(tick), bottom, x.At(tick), bottom + 4, Palette.Muted);
            // A number at the very end would leave the drawing.
            var text = Math.Round(tick, 9).ToString("0.######", CultureInfo.InvariantCulture);
            var half = TextFace.Label.Width(text) / 2;
            canvas.Text(text, Math.Min(x.At(tick), canvas.Width - half - 2), bottom + 18, TextFace.Label, TextAnchor.Middle);
        }
        canvas.Text(name, (x.FromPixel + x.ToPixel) / 2, bottom + 36, TextFace.Label, TextAnchor.Middle);
    }
}
