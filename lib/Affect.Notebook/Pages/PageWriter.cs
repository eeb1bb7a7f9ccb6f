using System.Net;
using System.Text;

namespace Affect.Notebook.Pages;

/// <summary>Writes a page as one HTML file that needs nothing else: no network, no script, no font.</summary>
/// <remarks>
/// Every figure is embedded as static SVG at three widths, of which the browser takes the one that fits, so that its type is never scaled
/// down. Where a plotly.js file lies beside the page, a short script puts the interactive figures in their place.
/// </remarks>
public static class PageWriter
{
    private const int Narrow = 340;
    private const int Middle = 560;
    private const int Wide = 760;

    private const string Script = """
        (function () {
          if (!window.Plotly) return;
          var dark = window.matchMedia('(prefers-color-scheme: dark)');
          document.querySelectorAll('figure').forEach(function (figure) {
            var specs = {};
            figure.querySelectorAll('script[data-theme]').forEach(function (script) { specs[script.dataset.theme] = script.textContent; });
            var still = figure.querySelector('picture');
            var title = document.createElement('p');
            var chart = document.createElement('div');
            title.className = 'title';
            chart.className = 'chart';
            figure.insertBefore(title, still);
            figure.insertBefore(chart, still);
            function draw() {
              var spec = JSON.parse(specs[dark.matches ? 'dark' : 'light']);
              title.textContent = still.querySelector('img').alt;
              delete spec.layout.title; // plotly.js does not wrap its title
              return window.Plotly.react(chart, spec.data, spec.layout, spec.config);
            }
            draw().then(function () { still.style.display = 'none'; }, function () { title.remove(); chart.remove(); });
            dark.addEventListener('change', draw);
          });
        })();
        """;

    /// <summary>The page as HTML.</summary>
    /// <param name="page">What it says.</param>
    public static string ToHtml(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var html = new StringBuilder();
        html.Append(PageStyle.Head(page.Title, PageStyle.Common)).Append($"<h1>{Escape(page.Title)}</h1>\n");
        html.Append($"<p class=\"lead\">{Escape(page.Lead)}</p>\n");
        foreach (var section in page.Sections)
        {
            html.Append($"<section>\n<h2>{Escape(section.Heading)}</h2>\n");
            foreach (var block in section.Blocks) Append(html, block, page.PlotlyFile is not null);
            html.Append("</section>\n");
        }
        html.Append("</main>\n");
        if (page.PlotlyFile is { } file) html.Append($"<script src=\"{Escape(Uri.EscapeDataString(file))}\"></script>\n<script>\n{Script}\n</script>\n");
        return html.Append("</body>\n</html>\n").ToString();
    }

    private static void Append(StringBuilder html, PageBlock block, bool isInteractive)
    {
        switch (block)
        {
            case Prose prose:
                html.Append($"<p>{Escape(prose.Text)}</p>\n");
                break;
            case Notice notice:
                html.Append($"<p class=\"note\" role=\"note\">{Escape(notice.Text)}</p>\n");
                break;
            case TableBlock { IsFolded: true } table:
                Fold(html, table.Table.Caption, table.Table);
                break;
            case TableBlock table:
                Append(html, table.Table);
                break;
            case FigureBlock { Figure: var figure }:
                Append(html, figure, isInteractive);
                break;
        }
    }

    private static void Append(StringBuilder html, Figure figure, bool isInteractive)
    {
        html.Append("<figure>\n<picture>\n");
        html.Append($"<source media=\"(max-width:599px)\" srcset=\"{Image(figure, Narrow)}\">\n");
        html.Append($"<source media=\"(max-width:819px)\" srcset=\"{Image(figure, Middle)}\">\n");
        html.Append($"<img src=\"{Image(figure, Wide)}\" alt=\"{Escape(figure.Title)}\">\n</picture>\n");
        if (isInteractive)
            foreach (var theme in (ReadOnlySpan<FigureTheme>)[FigureTheme.Light, FigureTheme.Dark])
                html.Append($"<script type=\"application/json\" data-theme=\"{(theme == FigureTheme.Dark ? "dark" : "light")}\">{figure.ToPlotlyJson(theme)}</script>\n");
        html.Append($"<figcaption>{Escape(figure.Description)}</figcaption>\n");
        Fold(html, "The numbers as a table", figure.Table);
        html.Append("</figure>\n");
    }

    private static void Fold(StringBuilder html, string summary, FigureTable table)
    {
        html.Append($"<details><summary>{Escape(summary)}</summary>\n");
        Append(html, table);
        html.Append("</details>\n");
    }

    private static void Append(StringBuilder html, FigureTable table)
    {
        // Focusable, so that a table wider than the screen can be scrolled from the keyboard.
        html.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Escape(table.Caption)}\">\n<table{(table.Columns.Count == 2 ? " class=\"pairs\"" : "")}>\n<caption>{Escape(table.Caption)}</caption>\n<thead><tr>");
        foreach (var column in table.Columns) html.Append($"<th scope=\"col\">{Escape(column)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append("<tr>");
            for (var column = 0; column < table.Columns.Count; column++)
            {
                var cell = column < row.Count ? Escape(row[column]) : "";
                html.Append(column == 0 ? $"<th scope=\"row\">{cell}</th>" : $"<td>{cell}</td>");
            }
            html.Append("</tr>\n");
        }
        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static string Image(Figure figure, int width) => figure.ToDataUri(new FigureStyle { Width = width });

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
