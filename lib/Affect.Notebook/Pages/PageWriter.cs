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

    private const string Style = """
        :root{color-scheme:light dark;--page:#fff;--ink:#1f2328;--muted:#57606a;--line:#d5dae0;--note:#fff6de;--note-line:#b77d00;--link:#1f5fc4}
        @media (prefers-color-scheme:dark){:root{--page:#14181d;--ink:#e6edf3;--muted:#a3adb8;--line:#3a424c;--note:#2e2710;--note-line:#d9a520;--link:#7db0ff}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 'Helvetica Neue',Helvetica,Arial,'Liberation Sans','DejaVu Sans',sans-serif}
        main{max-width:800px;margin:0 auto;padding:24px 20px 64px;overflow-wrap:break-word}
        h1{font-size:1.6rem;line-height:1.25;margin:.4em 0 .6em}
        h2{font-size:1.2rem;line-height:1.3;margin:2.2em 0 .6em;padding-top:.7em;border-top:1px solid var(--line)}
        p{margin:.7em 0;max-width:68ch}
        .lead{font-size:1.08rem}
        .note{background:var(--note);border-left:4px solid var(--note-line);padding:.6em .9em;max-width:none}
        figure{margin:1.2em 0}
        figure img{display:block;max-width:100%;height:auto;margin-left:-14px}
        figcaption{color:var(--muted);font-size:.9rem;max-width:76ch}
        details{margin:.5em 0}
        summary{cursor:pointer;color:var(--link);font-size:.9rem;padding:.2em 0}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;margin:.4em 0}
        caption{text-align:left;color:var(--muted);padding:.2em 0 .4em}
        th,td{text-align:left;vertical-align:top;padding:.28em .9em .28em 0;border-bottom:1px solid var(--line)}
        th{font-weight:600}
        .pairs td{overflow-wrap:anywhere}
        .title{font-weight:700;margin:.4em 0}
        .chart{height:440px}
        @media (max-width:599px){main{padding:12px 16px 48px}h1{font-size:1.35rem}.chart{height:400px}}
        """;

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
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        html.Append($"<title>{Escape(page.Title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<main>\n<h1>{Escape(page.Title)}</h1>\n");
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
