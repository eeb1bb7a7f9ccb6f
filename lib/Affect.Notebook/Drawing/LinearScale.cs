namespace Affect.Notebook.Drawing;

/// <summary>Maps values to pixels, and chooses round values to mark.</summary>
internal sealed record LinearScale(double From, double To, double FromPixel, double ToPixel)
{
    /// <summary>The pixel of a value.</summary>
    internal double At(double value) => FromPixel + (value - From) / (To - From) * (ToPixel - FromPixel);

    /// <summary>A round step (1, 2 or 5 times a power of ten) that cuts a span into at most so many parts.</summary>
    internal static double RoundStep(double span, int parts)
    {
        var rough = span / Math.Max(1, parts);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        foreach (var factor in (ReadOnlySpan<double>)[1, 2, 5])
            if (factor * power >= rough * (1 - 1e-9)) return factor * power;
        return 10 * power;
    }

    /// <summary>The round values within the scale, a step apart.</summary>
    internal IEnumerable<double> Ticks(double step)
    {
        var first = (long)Math.Ceiling(From / step - 1e-9);
        var last = (long)Math.Floor(To / step + 1e-9);
        for (var tick = first; tick <= last; tick++) yield return tick * step;
    }
}
