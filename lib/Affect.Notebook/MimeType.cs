namespace Affect.Notebook;

/// <summary>The names of the forms that values are shown in.</summary>
internal static class MimeType
{
    internal const string Text = "text/plain";
    internal const string Html = "text/html";
    internal const string Svg = "image/svg+xml";
    internal const string Json = "application/json";
    internal const string Plotly = "application/vnd.plotly.v1+json";
    internal const string Claim = "application/vnd.affect.claim+json";
    internal const string Result = RecordedResult.MimeTypeName;

    /// <summary>Whether a form is JSON itself, not a text that holds it.</summary>
    internal static bool IsJson(string mimeType) => mimeType == Json || mimeType.EndsWith("+json", StringComparison.Ordinal);
}
