namespace Affect.Notebook.Drawing;

/// <summary>One colour for light pages and one for dark pages, each as <c>#rrggbb</c>.</summary>
/// <param name="Light">On white.</param>
/// <param name="Dark">On near-black.</param>
public readonly record struct ThemedColour(string Light, string Dark)
{
    /// <summary>The one for a theme; a figure that follows its reader is light first.</summary>
    public string On(FigureTheme theme) => theme == FigureTheme.Dark ? Dark : Light;
}
