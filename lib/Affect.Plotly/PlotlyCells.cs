namespace Affect.Plotly;

/// <summary>How a notebook shows charts of Plotly.NET: as plotly's JSON, which needs no network. Without this a kernel opens their parts as a tree.</summary>
public static class PlotlyCells
{
    private const string Plotly = "application/vnd.plotly.v1+json";

    // The JSON is registered beside: .NET Interactive sends what is preferred, and JSON as text.
    private static readonly string[] Preferred = [HtmlFormatter.MimeType, PlainTextFormatter.MimeType];

    /// <summary>Tells the kernel; <see cref="FigureCharts.ToChart"/> does, so a cell needs it only for charts that it makes with Plotly.NET itself.</summary>
    /// <remarks>The HTML is for viewers that know no plotly JSON, as JupyterLab by itself: it draws where <see cref="Notebook.Charts.UsePlotly"/> has loaded plotly.js, and says so elsewhere.</remarks>
    public static void Register()
    {
        // The formatter's own list remembers whether it was told.
        if (Formatter.GetPreferredMimeTypesFor(typeof(GenericChart)).SequenceEqual(Preferred)) return;
        Formatter.Register<GenericChart>(ChartJson.Text, Plotly);
        Formatter.Register<GenericChart>(Html, HtmlFormatter.MimeType);
        Formatter.Register<GenericChart>(Summary, PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), Preferred);
    }

    private static string Summary(GenericChart chart)
    {
        var traces = GenericChart.getTraces(chart).Select(trace => trace.type).CountBy(type => type).Select(kind => FormattableString.Invariant($"{kind.Value} {kind.Key}"));
        var title = Title(chart);
        return $"{(title.Length > 0 ? title : "A chart")} ({string.Join(", ", traces)})";
    }

    private static string Title(GenericChart chart) => (GenericChart.getLayout(chart).TryGetPropertyValue("title")?.Value as Title)?.TryGetPropertyValue("text")?.Value as string ?? "";

    // As Affect.Notebook's figures do it: the mark is made of the content, and the script draws into every element with its mark that nothing was drawn into yet.
    private static string Html(GenericChart chart)
    {
        // Plotly.NET escapes no markup, and an output ends at the first </script>.
        var json = ChartJson.Text(chart).Replace("<", "\\u003c", StringComparison.Ordinal);
        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..12];
        return $$"""
            <div data-chart="{{mark}}"><p>{{WebUtility.HtmlEncode(Summary(chart))}}: drawn where plotly.js is; Charts.UsePlotly() in a cell before loads it.</p></div>
            <script>if(window.Plotly)document.querySelectorAll('[data-chart="{{mark}}"]:not([data-drawn])').forEach(function(e){e.dataset.drawn=1;var s=e.firstElementChild,c=document.createElement('div'),f={{json}};e.append(c);Plotly.newPlot(c,f.data,f.layout,f.config).then(function(){s.style.display='none'},function(){c.remove()})})</script>
            """;
    }
}
