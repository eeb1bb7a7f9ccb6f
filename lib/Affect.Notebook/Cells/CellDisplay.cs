namespace Affect.Notebook.Cells;

/// <summary>What a cell may type without naming anything: the display functions of .NET Interactive, with its names and signatures.</summary>
/// <remarks>
/// Our kernel imports this class into every cell (as <c>using static</c>, which brings the extension methods too). It has a namespace of its own so
/// that a notebook may say <c>using Affect.Notebook;</c> in .NET Interactive too, where the same names are there already.
/// </remarks>
public static class CellDisplay
{
    /// <summary>Shows a value where the cell stands.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">Only these forms of it; all it has where left out.</param>
    /// <returns>A handle to show another value in its place.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => DisplayedValue.Show(value, mimeTypes);

    /// <summary>Markup to be shown as it is; end a cell with it, or <see cref="display"/> it.</summary>
    /// <param name="content">HTML, not escaped.</param>
    public static HtmlContent HTML(string content) => new(content);

    /// <summary>Shows a value where the cell stands.</summary>
    /// <inheritdoc cref="display"/>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => DisplayedValue.Show(value, mimeTypes);

    /// <summary>Shows text as what it is, as in <c>"# Title".DisplayAs("text/markdown")</c>.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">What it is.</param>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrEmpty(mimeType);
        return DisplayedValue.Show(value, mimeType);
    }

    /// <summary>Shows a collection as a table, a row per element and a column per property.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="mimeTypes">Only these forms of it; all it has where left out.</param>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> source, params string[] mimeTypes) =>
        DisplayedValue.Show(Formatting.ObjectTable.Of(source), mimeTypes);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">Only when the next output comes, so that nothing flickers.</param>
    public static void clear_output(bool wait = false) => DisplayTarget.Current.Clear(wait);
}
