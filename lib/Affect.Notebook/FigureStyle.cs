namespace Affect.Notebook;

/// <summary>How a figure is drawn.</summary>
public sealed record FigureStyle
{
    /// <summary>The narrowest figure that still holds its labels, in pixels.</summary>
    public const int NarrowestWidth = 300;

    /// <summary>Width in pixels, 300 to 2000; a figure that needs less takes less, and the height follows.</summary>
    public int Width { get; init => field = Require.Between(NarrowestWidth, 2000, value); } = 760;

    /// <summary>The background it is drawn for.</summary>
    public FigureTheme Theme { get; init; } = FigureTheme.Auto;
}
