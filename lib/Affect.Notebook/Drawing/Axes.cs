namespace Affect.Notebook.Drawing;

/// <summary>The axes of figures: grid lines, numbers and names.</summary>
public static class Axes
{
    /// <summary>The pixels that a horizontal axis with its name needs below the plot.</summary>
    public const double Height = 44;

    internal const string LayerName = "layer (0 = input of the first block)";

    /// <summary>The vertical grid of a plot of rows whose scale begins at 0, at most so many parts, with the numbers below.</summary>
    public static void Across(SvgCanvas canvas, LinearScale x, double top, double bottom, int parts)
    {
        foreach (var (tick, text) in x.Ticks(LinearScale.RoundStep(x.To, parts), "0.0#"))
        {
            canvas.Line(x.At(tick), top, x.At(tick), bottom, tick == 0 ? Palette.Muted : Palette.Grid);
            canvas.Text(text, x.At(tick), bottom + 16, TextFace.Label, TextAnchor.Middle);
        }
    }

    /// <summary>The horizontal grid of a plot at <see cref="LinearScale.Ticks"/>, with the numbers at its left; the line at 0 is its base, unless it
    /// has none.</summary>
    public static void Up(SvgCanvas canvas, LinearScale x, LinearScale y, IEnumerable<(double Value, string Text)> ticks, bool hasBase = true)
    {
        foreach (var (tick, text) in ticks)
        {
            canvas.Line(x.FromPixel, y.At(tick), x.ToPixel, y.At(tick), hasBase && tick == 0 ? Palette.Muted : Palette.Grid);
            canvas.Text(text, x.FromPixel - 8, y.At(tick) + 4, TextFace.Label, TextAnchor.End);
        }
    }

    /// <summary>A horizontal axis of round numbers, as seconds or steps, at least so many pixels apart, and its name below; what is counted has
    /// whole numbers alone.</summary>
    public static void Along(SvgCanvas canvas, LinearScale x, double bottom, string name, double room, bool isCounted = false)
    {
        var step = LinearScale.RoundStep(x.To - x.From, Math.Max(1, (int)((x.ToPixel - x.FromPixel) / room)));
        if (isCounted) step = Math.Max(1, step);
        canvas.Line(x.FromPixel, bottom, x.ToPixel, bottom, Palette.Muted);
        foreach (var (tick, text) in x.Ticks(step, "0.######"))
        {
            canvas.Line(x.At(tick), bottom, x.At(tick), bottom + 4, Palette.Muted);
            // A number at the very end would leave the drawing.
            var last = canvas.Width - TextFace.Label.Width(text) / 2 - 2;
            canvas.Text(text, Math.Min(x.At(tick), last), bottom + 18, TextFace.Label, TextAnchor.Middle);
        }
        Name(canvas, x, bottom + 36, name);
    }

    /// <summary>A name in the middle of a horizontal axis.</summary>
    public static void Name(SvgCanvas canvas, LinearScale x, double baseline, string name) =>
        canvas.Text(name, (x.FromPixel + x.ToPixel) / 2, baseline, TextFace.Label, TextAnchor.Middle);

    /// <summary>The numbers of layers below a plot and the axis's name: as many as there is room for.</summary>
    internal static void Layers(SvgCanvas canvas, LinearScale x, double bottom, int first, int last, bool hasTicks)
    {
        var every = Every(x.At(1) - x.At(0), gap: 8);
        for (var layer = first; layer <= last; layer++)
        {
            if (layer % every != 0) continue;
            if (hasTicks) canvas.Line(x.At(layer), bottom, x.At(layer), bottom + 4, Palette.Muted);
            canvas.Text($"{layer}", x.At(layer), bottom + 18, TextFace.Label, TextAnchor.Middle);
        }
        Name(canvas, x, bottom + 36, LayerName);
    }

    /// <summary>Of layers that are so many pixels apart, which can be numbered: every one, every second ...</summary>
    internal static int Every(double spacing, double gap) => Math.Max(1, (int)Math.Ceiling((TextFace.Label.Width("00") + gap) / spacing));

    /// <summary>The top of an axis of scores, which begins at 0: the first tenth above everything drawn.</summary>
    internal static double Top(double highest, double air = 0.02) => Math.Min(1, Math.Ceiling((highest + air) * 10) / 10);
}
