namespace Affect.Notebook;

/// <summary>One chart in all the forms that readers need: a static SVG drawn here, plotly JSON, a sentence, and a table of its numbers.</summary>
public abstract class Figure
{
    // Figures are drawn with internal tools, so none can be made elsewhere.
    private protected Figure(string title, bool isSynthetic)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        // Synthetic data is called synthetic where nobody can overlook it.
        var isSaid = !isSynthetic || title.Contains("synthetic", StringComparison.OrdinalIgnoreCase);
        Title = isSaid ? title : $"{title} (synthetic data)";
    }

    /// <summary>What the figure asks or states.</summary>
    public string Title { get; }

    /// <summary>Counts, intervals and how to read the marks, in one or two sentences.</summary>
    public abstract string Subtitle { get; }

    /// <summary>What the figure shows, in sentences with its numbers.</summary>
    public abstract string Description { get; }

    /// <summary>Title and description: the figure as plain text, for terminals and for readers who cannot see it.</summary>
    public string Summary => Title[^1] is '?' or '.' or '!' ? $"{Title} {Description}" : $"{Title}. {Description}";

    /// <summary>Every number drawn.</summary>
    public abstract FigureTable Table { get; }

    /// <summary>The figure as an SVG document of its own, with a title and a description for assistive technology.</summary>
    /// <param name="style">Width and background; by default 760 pixels, following the reader's light or dark setting.</param>
    public string ToSvg(FigureStyle? style = null) => ToSvg(style ?? new FigureStyle(), Title, Description);

    private string ToSvg(FigureStyle style, string title, string description)
    {
        var canvas = new SvgCanvas(Math.Min(style.Width, WidestUseful), style.Theme);
        var top = FigureHead.Draw(canvas, Title, Subtitle);
        canvas.Height = Math.Ceiling(Draw(canvas, top));
        return canvas.ToSvg(title, description);
    }

    /// <summary>The figure for plotly.js: one JSON object with <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    /// <param name="theme">Light or dark; a plotly figure cannot follow the reader by itself, so <see cref="FigureTheme.Auto"/> is light.</param>
    public string ToPlotlyJson(FigureTheme theme = FigureTheme.Light)
    {
        var plotly = new PlotlyTheme(theme);
        var layout = plotly.Layout(Title);
        return new JsonObject
        {
            ["data"] = Traces(plotly, layout),
            ["layout"] = layout,
            ["config"] = new JsonObject { ["displayModeBar"] = false, ["responsive"] = true },
        }.ToJsonString();
    }

    /// <summary>The SVG as an address for an <c>img</c> element: the form that every notebook viewer shows, trusted or not.</summary>
    /// <param name="style">Width and background.</param>
    /// <remarks>Without title and description, which nobody can reach inside an image: the <c>img</c> element's <c>alt</c> and the text beside it say them.</remarks>
    public string ToDataUri(FigureStyle? style = null) =>
        $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(ToSvg(style ?? new FigureStyle(), title: "", description: "")))}";

    /// <summary>Whether this is a picture of something rather than a chart: it has no form for plotly.js.</summary>
    internal virtual bool IsPicture => false;

    /// <summary>Beyond this width the figure would only be stretched.</summary>
    internal virtual double WidestUseful => 760;

    /// <summary>Draws everything below the title.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="top">The first free pixel below the subtitle.</param>
    /// <returns>The drawing's height.</returns>
    internal abstract double Draw(SvgCanvas canvas, double top);

    /// <summary>The traces for plotly.js; adds axes and shapes to the layout.</summary>
    internal abstract JsonArray Traces(PlotlyTheme theme, JsonObject layout);
}
