namespace Affect.Notebook.Formatting;

/// <summary>Shows <see cref="HtmlContent"/>.</summary>
internal sealed class HtmlContentFormatters
{
    /// <summary>By the convention's name.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new TypeFormatter<HtmlContent>(MimeType.Html, html => html.Markup), new TypeFormatter<HtmlContent>(MimeType.Text, html => html.Markup)];
}
