using Affect.Notebook.Formatting;

namespace Affect.Notebook;

/// <summary>Markup that is shown as it is.</summary>
/// <param name="Markup">HTML, not escaped.</param>
[TypeFormatterSource(typeof(HtmlContentFormatters), PreferredMimeTypes = [MimeType.Html])]
public sealed record HtmlContent(string Markup)
{
    /// <summary>The markup.</summary>
    public override string ToString() => Markup;
}
