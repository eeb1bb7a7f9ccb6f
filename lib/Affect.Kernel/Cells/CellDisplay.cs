namespace Affect.Kernel.Cells;

/// <summary>What a cell may type without naming anything: the display functions of .NET Interactive, with its names and signatures.</summary>
/// <remarks>Beside them cells have the package's own <c>DisplayAs</c> and <c>DisplayTable</c>.</remarks>
public static class CellDisplay
{
    /// <summary>Shows a value where the cell stands.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">Only these forms of it; all it has where left out.</param>
    /// <returns>A handle to show another value in its place.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => Displays.Show(value, mimeTypes);

    /// <summary>Markup to be shown as it is; end a cell with it, or <see cref="display"/> it.</summary>
    /// <param name="content">HTML, not escaped.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Shows a value where the cell stands.</summary>
    /// <remarks>
    /// The package has one for objects, whose answer updates nothing. This one has a type parameter, by which the compiler takes it wherever the type is known.
    /// </remarks>
    /// <inheritdoc cref="display"/>
    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => Displays.Show(value, mimeTypes);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output comes, so that nothing flickers.</param>
    public static void clear_output(bool wait = false) => ConsoleRouter.Relay?.ClearOutput(wait);
}
