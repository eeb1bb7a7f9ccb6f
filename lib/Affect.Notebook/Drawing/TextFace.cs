namespace Affect.Notebook.Drawing;

/// <summary>How a line of text looks. Sizes are in pixels; nothing is set smaller than <see cref="Smallest"/>.</summary>
internal sealed record TextFace(double Size, ThemedColour Colour, bool IsBold = false)
{
    /// <summary>The smallest type that is read without effort at its natural size.</summary>
    internal const double Smallest = 11;

    internal static TextFace Title { get; } = new(16, Palette.Ink, IsBold: true);

    internal static TextFace Subtitle { get; } = new(12.5, Palette.Muted);

    internal static TextFace Label { get; } = new(12, Palette.Muted);

    internal static TextFace Value { get; } = new(12, Palette.Ink);

    /// <summary>From one baseline to the next.</summary>
    internal double LineHeight => Math.Round(Size * 1.3);

    internal double Width(string text) => TextMetrics.Width(text, Size, IsBold);

    internal IReadOnlyList<string> Wrap(string text, double width) => TextMetrics.Wrap(text, Size, width, IsBold);

    internal string Shorten(string text, double width) => TextMetrics.Shorten(text, Size, width, IsBold);
}
