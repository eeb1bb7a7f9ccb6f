using Figure = Affect.Notebook.Figure;

namespace Affect.Plotly;

/// <summary>Figures as charts of Plotly.NET, to be restyled there.</summary>
public static class FigureCharts
{
    /// <summary>The figure as a chart: the traces, the layout and the settings that the figure draws itself with in plotly.js. Nothing is fetched.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="theme">Light or dark; a chart cannot follow the reader by itself, so <see cref="FigureTheme.Auto"/> is light.</param>
    /// <returns>A chart of its own: Plotly.NET restyles the chart that it is given, and the figure stays as it is.</returns>
    /// <exception cref="ArgumentException">The figure is a picture of something, as of a waveform or of faces: it has no traces.</exception>
    public static GenericChart ToChart(this Figure figure, FigureTheme theme = FigureTheme.Light)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (figure.IsPicture)
            throw new ArgumentException($"figure must be a chart, but '{figure.Title}' is a picture ({figure.GetType().Name}), which plotly.js has no form for: ToSvg() gives it as an image.", nameof(figure));
        PlotlyCells.Register();
        return ChartJson.Parse(figure.ToPlotlyJson(theme));
    }

    /// <summary>The chart under another title, which stands where the one before did; Plotly.NET has this for F# only, and puts the title elsewhere.</summary>
    /// <param name="chart">The chart, which is changed, as by everything in Plotly.NET.</param>
    /// <param name="title">The title.</param>
    public static GenericChart WithTitle(this GenericChart chart, string title)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(title);
        var changed = new Title();
        if (GenericChart.getLayout(chart).TryGetTypedPropertyValue<Title>("title")?.Value is { } before) before.ShallowCopyDynamicPropertiesTo(changed, FSharpOption<bool>.None);
        changed.SetProperty("text", title);
        return Chart.withTitle(changed).Invoke(chart);
    }
}
