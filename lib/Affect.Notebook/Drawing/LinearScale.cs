namespace Affect.Notebook.Drawing;

/// <summary>Maps values to pixels, and chooses round values to mark.</summary>
/// <param name="From">The first value.</param>
/// <param name="To">The last value.</param>
/// <param name="FromPixel">The first value's pixel.</param>
/// <param name="ToPixel">The last value's pixel.</param>
public sealed record LinearScale(double From, double To, double FromPixel, double ToPixel)
{
    /// <summary>The pixel of a value.</summary>
    public double At(double value) => FromPixel + (value - From) / (To - From) * (ToPixel - FromPixel);

    /// <summary>A round step (1, 2 or 5 times a power of ten) that cuts a span into at most so many parts.</summary>
    public static double RoundStep(double span, int parts)
    {
        var rough = span / Math.Max(1, parts);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5])
            if (factor * power >= rough * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }

    /// <summary>The round values within the scale, a step apart, and how each is written.</summary>
    /// <param name="step">The step.</param>
    /// <param name="format">How numbers are written, as in <c>0.0#</c>.</param>
    public IEnumerable<(double Value, string Text)> Ticks(double step, string format)
    {
        var first = (long)Math.Ceiling(From / step - 1e-9);
        var last = (long)Math.Floor(To / step + 1e-9);
        for (var tick = first; tick <= last; tick++)
            yield return (tick * step, Math.Round(tick * step, 9).ToString(format, CultureInfo.InvariantCulture));
    }
}
