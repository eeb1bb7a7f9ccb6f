namespace Affect.Notebook.Pages;

/// <summary>Shows a cell's outputs on a page: the richest form that a page can hold.</summary>
internal sealed partial class OutputMarkup(MarkdownMarkup markdown)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private int figures;
    private int claims;

    /// <summary>The outputs as markup; figures and claims can be linked to, as <c>#figure-1</c> and <c>#claim-1</c>.</summary>
    internal string Of(IReadOnlyList<ExecutedNotebook.Output> outputs)
    {
        var html = new StringBuilder();
        foreach (var output in outputs)
        {
            if (Body(output) is not { Length: > 0 } body) continue;
            var isFigure = output.Figure is not null;
            var name = isFigure ? $" id=\"figure-{++figures}\"" : output.Claim is not null ? $" id=\"claim-{++claims}\"" : "";
            var look = output.Kind == "error" ? " error" : output.Name == "stderr" ? " stderr" : isFigure ? " drawing" : "";
            html.Append($"<div class=\"output{look}\"{name}>{body}</div>\n");
        }
        return html.ToString();
    }

    private string Body(ExecutedNotebook.Output output)
    {
        if (output.Kind is "stream" or "error") return Preformatted(output.Kind == "stream" ? LastWritten(output.Text) : output.Text);
        if (output.Form(MimeType.Html) is { } html) return html;
        if (output.Form(MimeType.Svg) is { } svg) return Image(MimeType.Svg, Convert.ToBase64String(Encoding.UTF8.GetBytes(svg)));
        foreach (var type in (string[])["image/png", "image/jpeg", "image/gif"])
            if (output.Form(type) is { } image) return Image(type, HtmlEncode(image.Replace("\n", "", StringComparison.Ordinal)));
        if (output.Form("text/markdown") is { } prose) return $"<div class=\"markdown\">{markdown.ToHtml(prose)}</div>";
        if (output.Form("text/latex") is { } formula) return TexMarkup.Of(formula.Trim().Trim('$'), isBlock: true);
        if (output.Form(MimeType.Text) is { } text) return Preformatted(text);
        return output.Data.Count == 0 ? "" : Preformatted(output.Data.First().Value.ToJsonString(Readable));
    }

    private static string Image(string mimeType, string base64) => $"<img alt=\"\" src=\"data:{mimeType};base64,{base64}\">";

    // Columns of text must not be wrapped; sentences must.
    private static string Preformatted(string text)
    {
        var plain = Escapes().Replace(text, "").TrimEnd();
        if (plain.Length == 0) return "";
        return $"<pre{(plain.Contains('\n', StringComparison.Ordinal) ? " class=\"columns\"" : "")}>{HtmlEncode(plain)}</pre>";
    }

    // A terminal shows what was written last on a line.
    private static string LastWritten(string text) =>
        string.Join('\n', text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd('\r').Split('\r')[^1]));

    // Colours and other orders to a terminal (ECMA-48, control sequences).
    [GeneratedRegex(@"\x1B(\[[0-?]*[ -/]*[@-~]|[@-Z\\-_])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Escapes();
}
