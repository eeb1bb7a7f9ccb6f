namespace Affect.Notebook.Pages;

/// <summary>Writes an executed notebook as one HTML page that needs nothing else: prose, code, outputs, in the look of the other pages.</summary>
public static class NotebookPage
{
    /// <summary>Writes the page of a notebook.</summary>
    /// <param name="notebookPath">The executed notebook.</param>
    /// <param name="pagePath">The page.</param>
    /// <param name="sourceFolder">The folder that the notebook's links are relative to; null: that of <paramref name="notebookPath"/>.</param>
    /// <param name="indexFile">The index beside the page, by name; null where there is none.</param>
    /// <param name="plotlyFile">A plotly.js file beside the page, by name; with it the figures answer to the pointer. Null leaves the static figures.</param>
    /// <exception cref="FileNotFoundException">There is no such notebook.</exception>
    /// <exception cref="FormatException">The file is no notebook of nbformat 4.</exception>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public static void Write(string notebookPath, string pagePath, string? sourceFolder = null, string? indexFile = null, string? plotlyFile = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(notebookPath);
        ArgumentException.ThrowIfNullOrEmpty(pagePath);
        var from = Path.GetDirectoryName(Path.GetFullPath(pagePath))!;
        var to = sourceFolder is null ? Path.GetDirectoryName(Path.GetFullPath(notebookPath))! : Path.GetFullPath(sourceFolder);
        AtomicFile.WriteText(pagePath, ToHtml(ExecutedNotebook.Read(notebookPath), Way(from, to), indexFile, plotlyFile));
    }

    /// <summary>The page as HTML.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="linkFolder">The way from the page's folder to that of the notebook's links; empty where they are one.</param>
    /// <param name="indexFile">The index beside the page, by name; null where there is none.</param>
    /// <param name="plotlyFile">A plotly.js file beside the page, by name; with it the figures answer to the pointer. Null leaves the static figures.</param>
    internal static string ToHtml(ExecutedNotebook notebook, string linkFolder = "", string? indexFile = null, string? plotlyFile = null)
    {
        var markdown = new MarkdownMarkup(linkFolder);
        var outputs = new OutputMarkup(markdown);
        var html = new StringBuilder(PageStyle.Head(notebook.Title));
        if (plotlyFile is not null) html.Append($"<script src=\"{HtmlEncode(Uri.EscapeDataString(plotlyFile))}\"></script>\n");
        if (indexFile is not null) html.Append($"<nav><a href=\"{HtmlEncode(Uri.EscapeDataString(indexFile))}\">All notebooks</a></nav>\n");
        if (notebook.Title == notebook.Name) html.Append($"<h1>{HtmlEncode(notebook.Name)}</h1>\n");
        var end = notebook.EndedAt;
        if (end is { } at)
            html.Append("<p class=\"error\" role=\"note\">This notebook did not come to its end: it ended in ")
                .Append(CultureInfo.InvariantCulture,
                $"<a href=\"#cell-{at + 1}\">cell {at + 1} of {notebook.Cells.Count}</a>. What its finished cells showed stands below.</p>\n");
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            if (end is { } last && index == last + 1) html.Append("<p class=\"note\" role=\"note\">The cells below were not run.</p>\n");
            html.Append(CultureInfo.InvariantCulture, $"<div class=\"cell\" id=\"cell-{index + 1}\">\n");
            if (cell.Kind == "markdown") html.Append($"<div class=\"markdown\">\n{markdown.ToHtml(cell.Source)}</div>\n");
            else if (cell.Source.Trim().Length > 0) html.Append(Source(cell));
            html.Append(outputs.Of(cell.Outputs)).Append("</div>\n");
        }
        return html.Append(PageStyle.Foot).ToString();
    }

    /// <summary>The way from one folder to another as an address; empty where they are one.</summary>
    internal static string Way(string from, string to)
    {
        var way = Path.GetRelativePath(from, to);
        // Another drive: there is no way.
        return way == "." || Path.IsPathRooted(way) ? "" : string.Join('/', way.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }

    private static string Source(ExecutedNotebook.Cell cell)
    {
        var tags = cell.Tags.Count > 0 ? $"<div class=\"tag\">{HtmlEncode(string.Join(", ", cell.Tags))}</div>\n" : "";
        var code = cell.Source.TrimEnd();
        // Focusable, so that lines wider than the screen can be scrolled from the keyboard.
        return $"{tags}<pre class=\"source\" tabindex=\"0\"><code>{(cell.Kind == "code" ? CSharpMarkup.Of(code) : HtmlEncode(code))}</code></pre>\n";
    }
}
