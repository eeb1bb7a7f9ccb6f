namespace Affect.Notebook.Formatting;

/// <summary>Shows figures: one bundle of a static picture, plotly JSON and a sentence.</summary>
internal sealed class FigureFormatters
{
    /// <summary>By the convention's name.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new TypeFormatter<Figure>(MimeType.Html, FigureHtml.Of),
        new TypeFormatter<Figure>(MimeType.Plotly, figure => figure.IsPicture ? null : figure.ToPlotlyJson()),
        new TypeFormatter<Figure>(MimeType.Text, figure => figure.Summary),
    ];
}
