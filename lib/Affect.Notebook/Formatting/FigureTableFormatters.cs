namespace Affect.Notebook.Formatting;

/// <summary>Shows the numbers of a figure.</summary>
internal sealed class FigureTableFormatters
{
    /// <summary>By the convention's name.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<FigureTable>(MimeType.Html, table => ShownTable.Of(table).ToHtml()),
        new TypeFormatter<FigureTable>(MimeType.Text, table => ShownTable.Of(table).ToText()),
    ];
}
