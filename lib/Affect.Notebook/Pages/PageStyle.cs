namespace Affect.Notebook.Pages;

/// <summary>How every page of the laboratory looks, light and dark, wide and narrow.</summary>
internal static class PageStyle
{
    private const string Sheet = """
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
        :root{--code:#f5f7f9;--key:#0b57b8;--text:#0a6640;--number:#7a2fb0;--bad:#c3242c;--good:#1f7a3a;--bad-page:#fdf0f0}
        @media (prefers-color-scheme:dark){:root{--code:#1c2229;--key:#7db0ff;--text:#7edca6;--number:#d0a9fc;--bad:#ff8182;--good:#5fd38a;--bad-page:#301a1d}}
        a{color:var(--link)}
        h3{font-size:1.02rem;margin:1.6em 0 .4em}
        nav,.facts{color:var(--muted);font-size:.9rem}
        pre,code{font-family:ui-monospace,'SFMono-Regular',Menlo,Consolas,'Liberation Mono','DejaVu Sans Mono',monospace}
        code{font-size:.88em;background:var(--code);padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}
        pre{font-size:.82rem;line-height:1.5;margin:.5em 0;overflow-x:auto;tab-size:4}
        pre code{font-size:inherit;background:none;padding:0;overflow-wrap:normal}
        pre.source{background:var(--code);border-left:3px solid var(--line);padding:.6em .9em;white-space:pre-wrap;overflow-wrap:anywhere}
        .cell{margin:1.1em 0}
        .tag{color:var(--muted);font-size:.78rem}
        .output{margin:.6em 0;overflow-x:auto}
        .output img{max-width:100%;height:auto}
        .output.drawing{overflow:visible}
        .output div[data-figure] img{display:block;margin-left:-14px;max-width:calc(100% + 28px)}
        .output pre{overflow-x:visible;white-space:pre-wrap;overflow-wrap:anywhere}
        .output pre.columns{white-space:pre;overflow-wrap:normal}
        .output.error pre.columns{white-space:pre-wrap;overflow-wrap:anywhere}
        .output video{max-width:100%}
        .stderr{border-left:3px solid var(--note-line);padding-left:.7em}
        .error{border-left:4px solid var(--bad);background:var(--bad-page);color:var(--bad);padding:.5em .9em}
        .markdown table,.output table{display:block;max-width:100%;overflow-x:auto}
        .output td[style*=right]{white-space:nowrap}
        .markdown img{max-width:100%}
        blockquote{margin:.7em 0;padding-left:.9em;border-left:3px solid var(--line);color:var(--muted)}
        math{font-size:1.05em}
        math[display=block]{display:block;overflow-x:auto;overflow-y:hidden;padding:.3em 0}
        .k{color:var(--key)}.s{color:var(--text)}.c{color:var(--muted)}.n{color:var(--number)}
        ul.claims{list-style:none;padding:0;margin:.6em 0}
        ul.claims li{padding:.15em 0 .15em 1.5em;text-indent:-1.5em}
        ul.claims a{color:inherit;text-decoration-color:var(--line)}
        .good{color:var(--good);font-weight:700}.bad{color:var(--bad);font-weight:700}
        figure a{display:block;color:inherit}
        figure a img{max-width:calc(100% + 28px)}
        @media (max-width:599px){.output td[style*=left]:last-child{min-width:14em}}
        """;

    /// <summary>The beginning of a page, up to and with <c>&lt;main&gt;</c>.</summary>
    internal static string Head(string title) =>
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        + $"<title>{HtmlEncode(title)}</title>\n<style>\n{Sheet}\n</style>\n</head>\n<body>\n<main>\n";

    /// <summary>The end of a page.</summary>
    internal const string Foot = "</main>\n</body>\n</html>\n";
}
