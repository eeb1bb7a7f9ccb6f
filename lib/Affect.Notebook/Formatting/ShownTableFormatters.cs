namespace Affect.Notebook.Formatting;

/// <summary>Shows tables.</summary>
internal sealed class ShownTableFormatters
{
    /// <summary>By the convention's name.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new TypeFormatter<ShownTable>(MimeType.Html, table => table.ToHtml()), new TypeFormatter<ShownTable>(MimeType.Text, table => table.ToText())];
}
