namespace Affect.Notebook.Drawing;

/// <summary>The colours of heat maps: from the page's own tone (0) to deep blue on light pages and to pale blue on dark ones (1).</summary>
/// <remarks>Lightness alone carries the value, evenly and in one direction, so the maps read the same with any colour vision and in print.</remarks>
internal static class SequentialScale
{
    /// <summary>How many colours are told apart; values are rounded to the nearest.</summary>
    internal const int Levels = 41;

    private static readonly (int R, int G, int B)[] OnLight = [(0xf1, 0xf4, 0xf9), (0xa9, 0xc8, 0xea), (0x52, 0x94, 0xd2), (0x1c, 0x5c, 0xa6), (0x07, 0x2a, 0x5e)];
    private static readonly (int R, int G, int B)[] OnDark = [(0x1d, 0x24, 0x2d), (0x1f, 0x42, 0x6e), (0x2c, 0x6c, 0xb4), (0x67, 0xa6, 0xe6), (0xd6, 0xe9, 0xfd)];

    /// <summary>The level of a value between 0 and 1.</summary>
    internal static int Level(double value) => (int)Math.Round(Math.Clamp(value, 0, 1) * (Levels - 1), MidpointRounding.AwayFromZero);

    /// <summary>The colour of a level.</summary>
    internal static ThemedColour Colour(int level) => new(Hex(Mix(OnLight, level)), Hex(Mix(OnDark, level)));

    /// <summary>The colour of one of so many even steps from 0 to 1.</summary>
    internal static ThemedColour Step(int step, int steps) => Colour((int)Math.Round(step * (Levels - 1.0) / (steps - 1)));

    /// <summary>Black or white, whichever is read better on a level's colour.</summary>
    internal static ThemedColour Ink(int level) => new(Ink(Mix(OnLight, level)), Ink(Mix(OnDark, level)));

    /// <summary>The scale for plotly.js: pairs of place and colour.</summary>
    internal static IEnumerable<(double Place, ThemedColour Colour)> Stops() =>
        Enumerable.Range(0, OnLight.Length).Select(index => ((double)index / (OnLight.Length - 1), Colour(index * (Levels - 1) / (OnLight.Length - 1))));

    private static string Ink((double R, double G, double B) colour)
    {
        var luminance = 0.2126 * Linear(colour.R) + 0.7152 * Linear(colour.G) + 0.0722 * Linear(colour.B);
        // Contrast to white, 1.05 / (L + 0.05), and to black, (L + 0.05) / 0.05, are equal here; both are then 4.6.
        return luminance > 0.179 ? "#000000" : "#ffffff";

        static double Linear(double channel)
        {
            var c = channel / 255;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
    }

    private static string Hex((double R, double G, double B) colour) => string.Create(CultureInfo.InvariantCulture,
        $"#{(int)Math.Round(colour.R):x2}{(int)Math.Round(colour.G):x2}{(int)Math.Round(colour.B):x2}");

    private static (double R, double G, double B) Mix((int R, int G, int B)[] anchors, int level)
    {
        var place = (double)level / (Levels - 1) * (anchors.Length - 1);
        var below = Math.Min((int)place, anchors.Length - 2);
        var (a, b, t) = (anchors[below], anchors[below + 1], place - below);
        return (a.R + t * (b.R - a.R), a.G + t * (b.G - a.G), a.B + t * (b.B - a.B));
    }
}
