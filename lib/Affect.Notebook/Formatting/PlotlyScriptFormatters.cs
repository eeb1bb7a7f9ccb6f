using Affect.Notebook.Plotly;

namespace Affect.Notebook.Formatting;

/// <summary>Shows <see cref="PlotlyScript"/>.</summary>
internal sealed class PlotlyScriptFormatters
{
    /// <summary>By the convention's name.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [new TypeFormatter<PlotlyScript>(MimeType.Html, script => script.Markup), new TypeFormatter<PlotlyScript>(MimeType.Text, _ => PlotlyScript.Message)];
}
