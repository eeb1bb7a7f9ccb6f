namespace Affect.Notebook.Figures;

/// <summary>Which layers hold the emotion: scores by layer with intervals, beside chance, ceiling and references.</summary>
public sealed class LayerCurveFigure : Figure
{
    private const double FaintFolds = 0.5;
    private const double FaintBand = 0.13;
    private const double AxisName = 24;
    private const double ChoiceName = 18;

    private readonly ScoreLevels levels;

    /// <summary>A figure of scores.</summary>
    /// <param name="data">The scores and what they are of.</param>
    /// <exception cref="ArgumentException">There is no series, a series has no points or layers out of order, or a score is not a number.</exception>
    public LayerCurveFigure(LayerCurveData data)
        : base(Checked(data).Title, data.IsSynthetic) => (Data, levels) = (data, new ScoreLevels(data.Chance, data.Ceilings));

    /// <summary>The figure of one probed encoder, with chance and the best half of its blocks, if one stands out.</summary>
    /// <param name="curve">What the probe found.</param>
    /// <param name="metric">WAF, UAR or accuracy.</param>
    public LayerCurveFigure(LayerCurve curve, Metric metric = Metric.Waf)
        : this([curve], metric: metric)
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
            References = reference is null ? [] : [new ReferenceScore(reference.Encoder, reference.Layers[0].Value(metric))],
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
            return $"{ScoreText.Sample(Data.Clips, Data.Speakers)}, {Folds}. Bars and band: 95 % intervals over speakers{dots}.";
        }
    }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var series = Data.Series.Select(one => (one.Name, one.Best, Worst: one.Points.MinBy(point => point.Score.Value)!))
                .Select(one => $"{one.Name}: highest {Told(one.Best)}; lowest {Told(one.Worst)}.");
            var references = Data.References.Select(reference => $"{reference.Name}: {ScoreText.Of(reference.Score)}.");
            var (clips, speakers) = (ScoreText.Count(Data.Clips, "clip"), ScoreText.Count(Data.Speakers, "speaker"));
            var head = $"{ScoreText.Name(Data.Metric)} of {clips}, {speakers}, {Folds}.";
            return string.Join(" ", [head, .. series, .. references, levels.Text, ChoiceText]).TrimEnd();

            static string Told(LayerPoint point) => $"at layer {point.Layer}, {ScoreText.Of(point.Score)}";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        $"{ScoreText.Name(Data.Metric)} by layer, with 95 % intervals", ["layer", .. Data.Series.Select(series => series.Name)],
        [
            .. Data.Series.SelectMany(series => series.Points.Select(point => point.Layer)).Distinct().Order().Select(layer => (string[])
                [$"{layer}", .. Data.Series.Select(series => ScoreAt(series, layer))]),
            .. Data.References.Select(reference => (string[])[reference.Name, ScoreText.Of(reference.Score)]),
            .. levels.Rows,
        ]);

    private static string ScoreAt(LayerSeries series, int layer) =>
        series.Points.FirstOrDefault(point => point.Layer == layer) is { } point ? ScoreText.Of(point.Score) : "";

    private string Folds => ScoreText.Count(Data.Folds, "speaker-disjoint fold");

    private int LastLayer => Data.Series.Max(series => series.Points[^1].Layer);

    private string ChoiceText => Data.Choice switch
    {
        null => "",
        { IsTooFlat: true } => "The curve is too flat to choose a range of layers.",
        { } choice when choice.First == choice.Last => $"Chosen layer: {choice.First}.",
        { } choice => $"Chosen layers: {choice.First} to {choice.Last}.",
    };

    // The first round value above everything drawn.
    private double Highest
    {
        get
        {
            var points = Data.Series.SelectMany(series => series.Points).SelectMany(point => point.Folds.Append(point.Score.High));
            return Axes.Top(points.Concat(Data.References.Select(reference => reference.Score.High)).Append(levels.Highest).Max());
        }
    }

    // References take the palette from its end, so that a baseline keeps its colour as long as there are at most two curves.
    private IEnumerable<(ReferenceScore Reference, ThemedColour Colour)> References =>
        Data.References.Select((reference, index) => (reference, Palette.Series(Data.Series.Count > 2 ? 3 : 2 + index % 2)));

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        // A series is named with its highest score, where its last point is; the others with their value.
        var curves = Data.Series.Select((series, index) =>
            new NamedMark($"{series.Name}, highest\u00a0{ScoreText.Of(series.Best.Score.Value)}", series.Points[^1].Score.Value,
                Palette.Series(index), index));
        var references = References.Select(one =>
            new NamedMark($"{one.Reference.Name}\u00a0{ScoreText.Of(one.Reference.Score.Value)}", one.Reference.Score.Value, one.Colour));
        var names = new MarkNames(canvas, [.. curves, .. references, .. levels.Marks]);
        var firstLayer = Data.Series.Min(series => series.Points[0].Layer);
        top = names.Above(top) + AxisName;
        canvas.Text(ScoreText.Name(Data.Metric), SvgCanvas.Margin, top - 10, TextFace.Label);
        if (Data.Choice is not null) top += ChoiceName;
        var x = new LinearScale(firstLayer - 0.5, LastLayer + 0.5, SvgCanvas.Margin + TextFace.Label.Width("0.0") + 8, names.Right);
        var y = new LinearScale(0, Highest, top + (canvas.IsWide ? 300 : 250), top);

        if (Data.Choice is { } choice) Draw(canvas, choice, x, y);
        Axes.Up(canvas, x, y, y.Ticks(LinearScale.RoundStep(y.To, parts: 6), "0.0#"));
        Axes.Layers(canvas, x, y.FromPixel, firstLayer, LastLayer, hasTicks: true);
        foreach (var ((_, score), colour) in References)
        {
            canvas.Rectangle(x.FromPixel, y.At(score.High), x.ToPixel - x.FromPixel, y.At(score.Low) - y.At(score.High), colour, FaintBand);
            canvas.Line(x.FromPixel, y.At(score.Value), x.ToPixel, y.At(score.Value), colour, 2);
        }
        levels.DrawAcross(canvas, x, y);
        foreach (var (index, series) in Data.Series.Index()) Draw(canvas, series, index, x, y);
        names.Beside(y);
        return y.FromPixel + Axes.Height;
    }

    private void Draw(SvgCanvas canvas, ChosenLayers choice, LinearScale x, LinearScale y)
    {
        var (text, centre) = ("too flat to choose a range of layers", (x.FromPixel + x.ToPixel) / 2);
        if (!choice.IsTooFlat)
        {
            text = ChoiceText.ToLowerInvariant().TrimEnd('.');
            var (from, to, half) = (x.At(choice.First - 0.5), x.At(choice.Last + 0.5), TextFace.Value.Width(text) / 2);
            canvas.Rectangle(from, y.ToPixel, to - from, y.FromPixel - y.ToPixel, Palette.Shade);
            canvas.Line(from, y.ToPixel, to, y.ToPixel, Palette.Ink, 2);
            centre = Math.Clamp((from + to) / 2, x.FromPixel + half, Math.Max(x.FromPixel + half, canvas.Width - SvgCanvas.Margin - half));
        }
        canvas.Text(text, centre, y.ToPixel - 8, TextFace.Value, TextAnchor.Middle);
    }

    private void Draw(SvgCanvas canvas, LayerSeries series, int index, LinearScale x, LinearScale y)
    {
        var colour = Palette.Series(index);
        var spacing = x.At(1) - x.At(0);
        var aside = (index - (Data.Series.Count - 1) / 2.0) * Math.Min(9, spacing / (Data.Series.Count + 1));
        var beside = Math.Min(6, spacing / 3);
        var places = series.Points.Select(point => (X: x.At(point.Layer) + aside, Y: y.At(point.Score.Value))).ToList();
        canvas.Dots(series.Points.Zip(places, (point, place) => point.Folds.Select(fold => (place.X + beside, y.At(fold)))).SelectMany(dots => dots),
            1.8, colour, FaintFolds);
        foreach (var (point, place) in series.Points.Zip(places))
            canvas.Line(place.X, y.At(point.Score.Low), place.X, y.At(point.Score.High), colour, 2);
        if (places.Count > 1) canvas.Polyline(places, colour, 1.5);
        foreach (var place in places) canvas.Marker(index, place.X, place.Y, spacing < 18 ? 3 : 4.5, colour);
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        theme.Layers(layout, ScoreText.Name(Data.Metric), LastLayer);
        layout["yaxis"]!["range"] = new JsonArray(0, Highest);
        var (left, right) = (-0.5, LastLayer + 0.5);
        layout["shapes"] = new JsonArray(
        [
            .. Data.Choice is { IsTooFlat: false } choice
                ? [Band("y domain", choice.First - 0.5, choice.Last + 0.5, 0, 1, theme.Of(Palette.Shade))]
                : (JsonNode[])[],
            .. References.Select(one => Band("y", left, right, one.Reference.Score.Low, one.Reference.Score.High, theme.Of(one.Colour, FaintBand))),
        ]);
        return
        [
            .. Data.Series.Select((series, index) => PlotlyTheme.Trace(
                "scatter", PlotlyTheme.Numbers(series.Points.Select(point => (double)point.Layer)),
                PlotlyTheme.Numbers(series.Points.Select(point => point.Score.Value)),
                mode: "lines+markers", name: series.Name, yErrors: PlotlyTheme.Errors(series.Points.Select(point => point.Score), thickness: 1.5),
                line: PlotlyTheme.Json(("color", theme.Of(Palette.Series(index)))),
                hover: "layer %{x}: %{y:.3f} (+%{error_y.array:.3f} −%{error_y.arrayminus:.3f})<extra></extra>")),
            .. References.Select(one => theme.Line(
                $"{one.Reference.Name} {ScoreText.Of(one.Reference.Score)}", [left, right], [one.Reference.Score.Value, one.Reference.Score.Value],
                one.Colour, hoverInfo: "name")),
            .. levels.Traces(theme, left, right),
        ];
    }

    private static JsonObject Band(string axis, double left, double right, double low, double high, string colour) => PlotlyTheme.Json(
        ("type", "rect"), ("xref", "x"), ("yref", axis), ("x0", left), ("x1", right), ("y0", Math.Round(low, 4)), ("y1", Math.Round(high, 4)),
        ("fillcolor", colour), ("line", PlotlyTheme.Json(("width", 0))), ("layer", "below"));

    private static LayerCurveData Checked(LayerCurveData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Series.Count == 0) throw new ArgumentException("A layer curve needs at least one series, but got none.", nameof(data));
        foreach (var series in data.Series)
        {
            if (series.Points.Count == 0) throw new ArgumentException($"Series \"{series.Name}\" must have at least one layer, but has none.", nameof(data));
            foreach (var (before, point) in series.Points.Zip(series.Points.Skip(1)))
                if (point.Layer <= before.Layer)
                    throw new ArgumentException(
                        $"Series \"{series.Name}\" must list its layers in rising order, but {point.Layer} follows {before.Layer}.", nameof(data));
            foreach (var point in series.Points) ScoreText.RequireFinite(point.Score, $"Series \"{series.Name}\", layer {point.Layer}", nameof(data));
        }
        foreach (var reference in data.References) ScoreText.RequireFinite(reference.Score, $"Reference \"{reference.Name}\"", nameof(data));
        return data;
    }
}
