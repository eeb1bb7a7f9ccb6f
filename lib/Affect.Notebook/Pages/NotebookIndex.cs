namespace Affect.Notebook.Pages;

/// <summary>The first page of a report: every notebook with its question, its claims and its figures, each a link to its place.</summary>
public sealed record NotebookIndex
{
    /// <summary>The page's title.</summary>
    public string Title { get; init; } = "What the notebooks found";

    /// <summary>What was run, in a sentence or two; may be empty.</summary>
    public string Lead { get; init; } = "";

    /// <summary>What nobody may overlook, as that a run was quick or its data synthetic.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The notebooks, in order.</summary>
    public required IReadOnlyList<NotebookIndexEntry> Entries { get; init; }

    /// <summary>Writes the page.</summary>
    /// <param name="indexPath">The page; links lead from its folder to the notebooks' pages.</param>
    /// <exception cref="FileNotFoundException">A notebook is missing.</exception>
    /// <exception cref="FormatException">A file is no notebook of nbformat 4.</exception>
    /// <exception cref="IOException">The page cannot be written.</exception>
    public void Write(string indexPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(indexPath);
        AtomicFile.WriteText(indexPath, ToHtml(Path.GetDirectoryName(Path.GetFullPath(indexPath))!));
    }

    /// <summary>The page as HTML.</summary>
    /// <param name="folder">The folder that it will lie in.</param>
    internal string ToHtml(string folder)
    {
        var notebooks = Entries.Select(entry => (Entry: entry, Notebook: ExecutedNotebook.Read(entry.NotebookPath), Link: Link(folder, entry.PagePath))).ToList();
        var html = new StringBuilder(PageStyle.Head(Title));
        html.Append($"<h1>{HtmlEncode(Title)}</h1>\n");
        if (Lead.Length > 0) html.Append($"<p class=\"lead\">{HtmlEncode(Lead)}</p>\n");
        foreach (var notice in Notices) html.Append($"<p class=\"note\" role=\"note\">{HtmlEncode(notice)}</p>\n");
        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Notebooks\">\n<table>\n<thead><tr>")
            .Append("<th scope=\"col\">question</th><th scope=\"col\">claims</th><th scope=\"col\">seconds</th></tr></thead>\n<tbody>\n");
        foreach (var (index, (entry, notebook, _)) in notebooks.Index())
            html.Append(CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\"><a href=\"#notebook-{index + 1}\">{HtmlEncode(notebook.Title)}</a></th><td>{Tally(entry, notebook)}</td>")
                .Append($"<td>{Seconds(entry)}</td></tr>\n");
        html.Append("</tbody>\n</table>\n</div>\n");
        foreach (var (index, (entry, notebook, link)) in notebooks.Index()) Append(html, index + 1, entry, notebook, link);
        return html.Append(PageStyle.Foot).ToString();
    }

    private static void Append(StringBuilder html, int number, NotebookIndexEntry entry, ExecutedNotebook notebook, string link)
    {
        html.Append(CultureInfo.InvariantCulture,
            $"<section id=\"notebook-{number}\">\n<h2><a href=\"{link}\">{HtmlEncode(notebook.Title)}</a></h2>\n");
        html.Append($"<p class=\"facts\">{HtmlEncode(notebook.Name)}{(entry.Seconds is null ? "" : $", {Seconds(entry)} s")}</p>\n");
        if (entry.Error is { } error) html.Append($"<p class=\"error\">{HtmlEncode(error)}</p>\n");
        if (notebook.Claims.Count > 0) html.Append("<ul class=\"claims\">\n");
        foreach (var (index, claim) in notebook.Claims.Index())
        {
            var sign = claim.Passed
                ? "<span class=\"good\" role=\"img\" aria-label=\"holds\">✓</span>"
                : "<span class=\"bad\" role=\"img\" aria-label=\"does not hold\">✗</span>";
            html.Append(CultureInfo.InvariantCulture, $"<li>{sign} <a href=\"{link}#claim-{index + 1}\">{HtmlEncode(claim.Text)}</a></li>\n");
        }
        if (notebook.Claims.Count > 0) html.Append("</ul>\n");
        foreach (var (index, picture) in notebook.Figures.Index())
            html.Append(CultureInfo.InvariantCulture, $"<figure><a href=\"{link}#figure-{index + 1}\">{picture}</a></figure>\n");
        html.Append("</section>\n");
    }

    private static string Tally(NotebookIndexEntry entry, ExecutedNotebook notebook)
    {
        var (count, failed) = (notebook.Claims.Count, notebook.Claims.Count(claim => !claim.Passed));
        var tally = count == 0 ? "none"
            : failed == 0 ? $"<span class=\"good\">✓</span> {count}"
            : $"<span class=\"bad\">✗</span> {failed} of {count}";
        return entry.Error is null ? tally : $"{tally}, <span class=\"bad\">stopped</span>";
    }

    private static string Seconds(NotebookIndexEntry entry) => entry.Seconds?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Link(string folder, string page)
    {
        var way = NotebookPage.Way(folder, Path.GetDirectoryName(Path.GetFullPath(page))!);
        return HtmlEncode((way.Length > 0 ? way + "/" : "") + Uri.EscapeDataString(Path.GetFileName(page)));
    }
}
