namespace Affect.Notebook.Figures;

/// <summary>Which layers hold the emotion: scores by layer with intervals, beside chance, ceiling and references.</summary>
public sealed class LayerCurveFigure : Figure
{
    /// <summary>A figure of scores.</summary>
    /// <param name="data">The scores and what they are of.</param>
    /// <exception cref="ArgumentException">There is no series, a series has no points or layers out of order, or a score is not a number.</exception>
    public LayerCurveFigure(LayerCurveData data)
        : base(Checked(data).Title, data.IsSynthetic) => Data = data;

    /// <summary>The figure of one probed encoder, with chance and the best half of its blocks, if one stands out.</summary>
    /// <param name="curve">What the probe found.</param>
    /// <param name="metric">WAF, UAR or accuracy.</param>
    public LayerCurveFigure(LayerCurve curve, Metric metric = Metric.Waf)
        : this(LayerCurveData.Of(curve, metric))
    {
    }

    /// <summary>Several encoders on the same clips, the first of which the figure is about, beside a score without layers and the ceilings of the corpus.</summary>
    /// <param name="curves">What the probes found; the chosen range is the first one's.</param>
    /// <param name="reference">A curve of one layer, as of MFCC statistics; null: none.</param>
    /// <param name="ceilings">The best scores that the corpus allows; null: not known.</param>
    /// <param name="metric">WAF, UAR or accuracy.</param>
    public LayerCurveFigure(IReadOnlyList<LayerCurve> curves, LayerCurve? reference = null, IReadOnlyList<ScoreLevel>? ceilings = null, Metric metric = Metric.Waf)
        : this(LayerCurveData.Of(Require.NotEmpty(curves)[0], metric) with
        {
            Series = [.. curves.Select(curve => LayerSeries.Of(curve, metric))],
            References = reference is null ? [] : [new ReferenceScore { Name = reference.Encoder, Score = reference.Layers[0].Value(metric) }],
            Ceilings = ceilings ?? [],
        })
    {
    }

    /// <summary>What is shown.</summary>
    public LayerCurveData Data { get; }

    /// <inheritdoc/>
    public override string Subtitle
    {
        get
        {
            var dots = Data.Series.Any(series => series.Points.Any(point => point.Folds.Count > 0)) ? "; faint dots: single folds" : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"n = {Score.Count(Data.Clips, "clip")} of {Score.Count(Data.Speakers, "speaker")}, {Score.Count(Data.Folds, "speaker-disjoint fold")}. Bars and band: 95 % intervals over speakers{dots}.");
        }
    }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var text = new StringBuilder();
            text.Append(CultureInfo.InvariantCulture,
                $"{Score.Name(Data.Metric)} of {Score.Count(Data.Clips, "clip")}, {Score.Count(Data.Speakers, "speaker")}, {Score.Count(Data.Folds, "speaker-disjoint fold")}. ");
            foreach (var series in Data.Series)
            {
                var worst = series.Points.MinBy(point => point.Score.Value)!;
                text.Append(CultureInfo.InvariantCulture,
                    $"{series.Name}: highest at layer {series.Best.Layer}, {Score.Text(series.Best.Score)}; lowest at layer {worst.Layer}, {Score.Text(worst.Score)}. ");
            }
            foreach (var reference in Data.References) text.Append($"{reference.Name}: {Score.Text(reference.Score)}. ");
            text.Append(CultureInfo.InvariantCulture, $"Chance {Data.Chance:0.000}");
            foreach (var ceiling in Data.Ceilings) text.Append($", {ceiling.Name} {Score.Text(ceiling.Value)}");
            text.Append(". ").Append(ChoiceText);
            return text.ToString().TrimEnd();
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = $"{Score.Name(Data.Metric)} by layer, with 95 % intervals",
        Columns = ["layer", .. Data.Series.Select(series => series.Name)],
        Rows =
        [
            .. Data.Series.SelectMany(series => series.Points.Select(point => point.Layer)).Distinct().Order().Select(layer => (string[])
            [
                layer.ToString(CultureInfo.InvariantCulture),
                .. Data.Series.Select(series => series.Points.FirstOrDefault(point => point.Layer == layer) is { } point ? Score.Text(point.Score) : ""),
            ]),
            .. Data.References.Select(reference => Row(reference.Name, Score.Text(reference.Score))),
            Row("chance", Score.Text(Data.Chance)),
            .. Data.Ceilings.Select(ceiling => Row(ceiling.Name, Score.Text(ceiling.Value))),
        ],
    };

    internal string ChoiceText => Data.Choice switch
    {
        null => "",
        { IsTooFlat: true } => "The curve is too flat to choose a range of layers.",
        { } choice when choice.First == choice.Last => $"Chosen layer: {choice.First}.",
        { } choice => $"Chosen layers: {choice.First} to {choice.Last}.",
    };

    internal override double Draw(SvgCanvas canvas, double top) => new LayerCurveDrawing(canvas, this, top).Draw();

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        var last = Data.Series.Max(series => series.Points[^1].Layer);
        layout["xaxis"] = theme.Axis("layer (0 = input of the first block)");
        layout["yaxis"] = theme.Axis($"{Score.Name(Data.Metric)}");
        layout["yaxis"]!["range"] = new JsonArray(0, LayerCurveDrawing.Top(Data));
        layout["xaxis"]!["dtick"] = last > 14 ? 2 : 1;
        var bands = new JsonArray();
        if (Data.Choice is { IsTooFlat: false } choice)
            bands.Add(Band("y domain", choice.First - 0.5, choice.Last + 0.5, 0, 1, theme.Of(Palette.Shade)));
        foreach (var (index, reference) in Data.References.Index())
            bands.Add(Band("y", -0.5, last + 0.5, reference.Score.Low, reference.Score.High, theme.Of(LayerCurveDrawing.ReferenceColour(index, Data.Series.Count), 0.13)));
        layout["shapes"] = bands;
        var traces = new JsonArray();
        foreach (var (index, series) in Data.Series.Index()) traces.Add(Trace(theme, series, Palette.Series(index)));
        foreach (var (index, reference) in Data.References.Index())
            traces.Add(Level(theme, $"{reference.Name} {Score.Text(reference.Score)}", reference.Score.Value, last, LayerCurveDrawing.ReferenceColour(index, Data.Series.Count), "solid"));
        traces.Add(Level(theme, $"chance {Score.Text(Data.Chance)}", Data.Chance, last, Palette.Muted, "dash"));
        foreach (var ceiling in Data.Ceilings) traces.Add(Level(theme, $"{ceiling.Name} {Score.Text(ceiling.Value)}", ceiling.Value, last, Palette.Muted, "dot"));
        return traces;
    }

    private static string[] Row(string name, string score) => [name, score];

    private static JsonObject Band(string axis, double left, double right, double low, double high, string colour) => new()
    {
        ["type"] = "rect",
        ["xref"] = "x",
        ["yref"] = axis,
        ["x0"] = left,
        ["x1"] = right,
        ["y0"] = Math.Round(low, 4),
        ["y1"] = Math.Round(high, 4),
        ["fillcolor"] = colour,
        ["line"] = new JsonObject { ["width"] = 0 },
        ["layer"] = "below",
    };

    private static JsonObject Trace(PlotlyTheme theme, LayerSeries series, ThemedColour colour) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines+markers",
        ["name"] = PlotlyTheme.Escape(series.Name),
        ["x"] = PlotlyTheme.Numbers(series.Points.Select(point => (double)point.Layer)),
        ["y"] = PlotlyTheme.Numbers(series.Points.Select(point => point.Score.Value)),
        ["error_y"] = new JsonObject
        {
            ["type"] = "data",
            ["symmetric"] = false,
            ["thickness"] = 1.5,
            ["width"] = 0,
            ["array"] = PlotlyTheme.Numbers(series.Points.Select(point => point.Score.High - point.Score.Value)),
            ["arrayminus"] = PlotlyTheme.Numbers(series.Points.Select(point => point.Score.Value - point.Score.Low)),
        },
        ["line"] = new JsonObject { ["color"] = theme.Of(colour) },
        ["hovertemplate"] = "layer %{x}: %{y:.3f} (+%{error_y.array:.3f} −%{error_y.arrayminus:.3f})<extra></extra>",
    };

    private static JsonObject Level(PlotlyTheme theme, string name, double value, int last, ThemedColour colour, string dash) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = PlotlyTheme.Escape(name),
        ["hoverinfo"] = "name",
        ["x"] = PlotlyTheme.Numbers([-0.5, last + 0.5]),
        ["y"] = PlotlyTheme.Numbers([value, value]),
        ["line"] = new JsonObject { ["color"] = theme.Of(colour), ["dash"] = dash },
    };

    private static LayerCurveData Checked(LayerCurveData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Series.Count == 0) throw new ArgumentException("A layer curve needs at least one series, but got none.", nameof(data));
        foreach (var series in data.Series)
        {
            if (series.Points.Count == 0) throw new ArgumentException($"Series \"{series.Name}\" must have at least one layer, but has none.", nameof(data));
            for (var index = 1; index < series.Points.Count; index++)
                if (series.Points[index].Layer <= series.Points[index - 1].Layer)
                    throw new ArgumentException($"Series \"{series.Name}\" must list its layers in rising order, but {series.Points[index].Layer} follows {series.Points[index - 1].Layer}.", nameof(data));
            foreach (var point in series.Points) Score.RequireFinite(point.Score, $"Series \"{series.Name}\", layer {point.Layer}", nameof(data));
        }
        foreach (var reference in data.References) Score.RequireFinite(reference.Score, $"Reference \"{reference.Name}\"", nameof(data));
        foreach (var ceiling in data.Ceilings) Require.Between(0.0, 1.0, ceiling.Value, ceiling.Name);
        return data;
    }
}
