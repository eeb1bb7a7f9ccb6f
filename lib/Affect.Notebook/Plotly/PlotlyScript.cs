namespace Affect.Notebook.Plotly;

/// <summary>plotly.js, shown where a notebook is read in a browser: from there on the page has it.</summary>
/// <param name="Library">The text of plotly.min.js.</param>
internal sealed record PlotlyScript(string Library)
{
    internal static string Message =>
        "plotly.js is loaded: figures that are shown from here on answer to the pointer. This output holds the library (5 MB): clear it before you share the notebook.";

    // Where a page has a module loader (the classic Notebook has), the library would hand itself to that instead of to the page.
    internal string Markup =>
        $"<p>{Message}</p>\n<script>(function(module,exports,define){{\n{Library.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}\n}}).call(window);</script>";
}
