namespace Affect.Notebook;

/// <summary>
/// One chart in all the forms that readers need: a static SVG, plotly JSON, a sentence, and a table of its numbers. Derive from it to draw your
/// own, in a notebook's cell too: <see cref="Draw"/> alone must be written.
/// </summary>
public abstract class Figure
{
    private readonly double widest;

    /// <summary>A figure with a title.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="isSynthetic">Whether its data is synthetic; the title then says so.</param>
    /// <param name="widest">Beyond this width in pixels it would only be stretched.</param>
    protected Figure(string title, bool isSynthetic = false, double widest = 760)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        // Synthetic data is called synthetic where nobody can overlook it.
        var isSaid = !isSynthetic || title.Contains("synthetic", StringComparison.OrdinalIgnoreCase);
        Title = isSaid ? title : $"{title} (synthetic data)";
        this.widest = widest;
    }

    /// <summary>What the figure asks or states.</summary>
    public string Title { get; }

    /// <summary>Counts, intervals and how to read the marks, in one or two sentences; may be empty.</summary>
    public virtual string Subtitle => "";

    /// <summary>What the figure shows, in sentences with its numbers.</summary>
    public virtual string Description => Subtitle;

    /// <summary>Title and description: the figure as plain text, for terminals and for readers who cannot see it.</summary>
    public string Summary => $"{Title}{(Title[^1] is '?' or '.' or '!' ? "" : ".")} {Description}".TrimEnd();

    /// <summary>Every number drawn; empty where a figure gives none.</summary>
    public virtual FigureTable Table => Tabulate(Title, [], []);

    /// <summary>Whether this is a picture of something rather than a chart: it has no form for plotly.js.</summary>
    public bool IsPicture => Traces(new PlotlyTheme(FigureTheme.Light), []).Count == 0;

    /// <summary>The figure as an SVG document of its own, with a title and a description for assistive technology.</summary>
    /// <param name="style">Width and background; by default 760 pixels, following the reader's light or dark setting.</param>
    public string ToSvg(FigureStyle? style = null) => ToSvg(style ?? new FigureStyle(), Title, Description);

    /// <summary>Writes the figure as an SVG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="style">Width and background.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path, FigureStyle? style = null) => AtomicFile.WriteText(path, ToSvg(style));

    /// <summary>The figure for plotly.js: one JSON object with <c>data</c>, <c>layout</c> and <c>config</c>.</summary>
    /// <param name="theme">Light or dark; a plotly figure cannot follow the reader by itself, so <see cref="FigureTheme.Auto"/> is light.</param>
    public string ToPlotlyJson(FigureTheme theme = FigureTheme.Light)
    {
        var plotly = new PlotlyTheme(theme);
        var layout = plotly.Layout(Title);
        var config = PlotlyTheme.Json(("displayModeBar", false), ("responsive", true));
        return PlotlyTheme.Json(("data", Traces(plotly, layout)), ("layout", layout), ("config", config)).ToJsonString();
    }

    /// <summary>The SVG as an address for an <c>img</c> element: the form that every notebook viewer shows, trusted or not.</summary>
    /// <param name="style">Width and background.</param>
    /// <remarks>Without title and description, which nobody can reach inside an image: the <c>img</c> element's <c>alt</c> and the text beside it say them.</remarks>
    public string ToDataUri(FigureStyle? style = null) =>
        $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(ToSvg(style ?? new FigureStyle(), title: "", description: "")))}";

    /// <summary>Draws everything below the title.</summary>
    /// <param name="canvas">Where to draw.</param>
    /// <param name="top">The first free pixel below the subtitle.</param>
    /// <returns>The drawing's height.</returns>
    protected abstract double Draw(SvgCanvas canvas, double top);

    /// <summary>The traces for plotly.js; none for a picture.</summary>
    /// <param name="theme">The colours and the parts that figures share.</param>
    /// <param name="layout">Takes axes and shapes.</param>
    protected virtual JsonArray Traces(PlotlyTheme theme, JsonObject layout) => [];

    /// <summary>A table of what is drawn.</summary>
    /// <param name="caption">What the rows are.</param>
    /// <param name="columns">The head of each column.</param>
    /// <param name="rows">The cells, as shown.</param>
    protected static FigureTable Tabulate(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows) =>
        new() { Caption = caption, Columns = columns, Rows = [.. rows] };

    private string ToSvg(FigureStyle style, string title, string description)
    {
        var canvas = new SvgCanvas(Math.Min(style.Width, widest), style.Theme);
        var room = canvas.Width - 2 * SvgCanvas.Margin;
        var baseline = canvas.Lines(TextFace.Title.Wrap(Title, room), SvgCanvas.Margin, 26, TextFace.Title);
        if (Subtitle.Length > 0) baseline = canvas.Lines(TextFace.Subtitle.Wrap(Subtitle, room), SvgCanvas.Margin, baseline, TextFace.Subtitle);
        canvas.Height = Math.Ceiling(Draw(canvas, baseline - 4));
        return canvas.ToSvg(title, description);
    }
}
