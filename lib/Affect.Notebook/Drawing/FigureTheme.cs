namespace Affect.Notebook.Drawing;

/// <summary>Which background a figure is drawn for.</summary>
public enum FigureTheme
{
    /// <summary>Follows the reader's setting (<c>prefers-color-scheme</c>); light where there is none.</summary>
    Auto,

    /// <summary>Dark ink on white.</summary>
    Light,

    /// <summary>Light ink on near-black.</summary>
    Dark,
}
