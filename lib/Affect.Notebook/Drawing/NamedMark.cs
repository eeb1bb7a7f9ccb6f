namespace Affect.Notebook.Drawing;

/// <summary>A name for something drawn: a curve or a level.</summary>
/// <param name="Text">The name.</param>
/// <param name="Value">Where it lies on the vertical scale.</param>
/// <param name="Colour">Its colour, which the name takes too.</param>
/// <param name="Marker">The shape of its markers; −1 without.</param>
/// <param name="Dash">The dashes of its line, as SVG writes them; null for an unbroken one.</param>
public sealed record NamedMark(string Text, double Value, ThemedColour Colour, int Marker = -1, string? Dash = null);
