namespace Affect.Notebook.Figures;

/// <summary>How much each layer weighs in a learned sum of all layers.</summary>
public sealed class LayerWeightsFigure : Figure
{
    private const double Faint = 0.55;

    private readonly IReadOnlyList<double> weights;
    private readonly IReadOnlyList<IReadOnlyList<double>> folds;
    private readonly int firstLayer;

    /// <summary>A bar per layer.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="weights">The layers' weights, which sum to 1.</param>
    /// <param name="folds">The weights fold by fold, <c>[fold][layer]</c>; may be empty.</param>
    /// <param name="firstLayer">The number of the first layer; 0 is the input of the first block.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">The weights do not sum to 1, or a fold has other layers.</exception>
    public LayerWeightsFigure(string title, IReadOnlyList<double> weights, IReadOnlyList<IReadOnlyList<double>> folds, int firstLayer, bool isSynthetic)
        : base(title, isSynthetic)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(folds);
        // Weights that were rounded for a file still count as a sum of 1.
        if (weights.Count == 0 || weights.Any(weight => !(weight >= 0)) || Math.Abs(weights.Sum() - 1) > 0.01)
            throw new ArgumentException(FormattableString.Invariant(
                $"weights must be at least 0 and sum to 1, but {weights.Count} weights sum to {weights.Sum()}."), nameof(weights));
        if (folds.FirstOrDefault(fold => fold.Count != weights.Count) is { } other)
            throw new ArgumentException($"folds must have a weight per layer, {weights.Count}, but one has {other.Count}.", nameof(folds));
        (this.weights, this.folds) = (weights, folds);
        this.firstLayer = Require.AtLeast(0, firstLayer, nameof(firstLayer));
    }

    /// <summary>The weights that a probed encoder's layers got.</summary>
    /// <param name="curve">A curve that was made with the weighted sum.</param>
    /// <exception cref="ArgumentException">The curve has no weighted sum.</exception>
    public LayerWeightsFigure(LayerCurve curve)
        : this(
            $"Which layers does a learned sum of {Checked(curve).Encoder} take? {curve.Corpus}{(curve.IsSynthetic ? ", synthetic speech" : "")}",
            curve.WeightedSum!.Weights, curve.WeightedSum.FoldWeights, curve.Layers[0].Layer, curve.IsSynthetic)
    {
    }

    /// <inheritdoc/>
    public override string Subtitle
    {
        get
        {
            var dots = folds.Count > 0 ? $" Mean of {ScoreText.Count(folds.Count, "fold")}; dots: single folds." : "";
            return $"Weights sum to 1; dashed: every layer alike, {ScoreText.Of(Even)}.{dots}";
        }
    }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var order = weights.Index().OrderByDescending(entry => entry.Item)
                .Select(entry => $"layer {firstLayer + entry.Index}, {ScoreText.Of(entry.Item)}").ToList();
            return $"{Subtitle} Heaviest: {order[0]}; lightest: {order[^1]}.";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        "Weight by layer", ["layer", "weight", .. Enumerable.Range(1, folds.Count).Select(fold => $"fold {fold}")],
        weights.Select((weight, layer) =>
            (string[])[$"{firstLayer + layer}", ScoreText.Of(weight), .. folds.Select(fold => ScoreText.Of(fold[layer]))]));

    private double Even => 1.0 / weights.Count;

    private int LastLayer => firstLayer + weights.Count - 1;

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        // A little air above the highest mark, but no weight is above 1.
        var highest = Math.Min(1, weights.Concat(folds.SelectMany(fold => fold)).Append(Even).Max() * 1.04);
        var step = LinearScale.RoundStep(highest, parts: 5);
        var ceiling = Math.Min(1, Math.Ceiling(highest / step - 1e-9) * step);
        var format = step < 0.1 ? "0.00#" : "0.0";
        var left = SvgCanvas.Margin + TextFace.Label.Width(ceiling.ToString(format, CultureInfo.InvariantCulture)) + 10;
        top += 26;
        var y = new LinearScale(0, ceiling, top + (canvas.IsWide ? 210 : 180), top);
        var x = new LinearScale(firstLayer - 0.5, LastLayer + 0.5, left, canvas.Width - SvgCanvas.Margin);
        canvas.Text("weight", SvgCanvas.Margin, top - 10, TextFace.Label);
        Axes.Up(canvas, x, y, y.Ticks(step, format));
        var width = Math.Min(34, (x.At(1) - x.At(0)) * 0.68);
        foreach (var (layer, weight) in weights.Index())
            canvas.Rectangle(x.At(firstLayer + layer) - width / 2, y.At(weight), width, y.FromPixel - y.At(weight), Palette.Series(0), Faint);
        canvas.Line(left, y.At(Even), x.ToPixel, y.At(Even), Palette.Muted, 1.5, ScoreLevels.ChanceDash);
        canvas.Dots(folds.SelectMany(fold => fold.Select((weight, layer) => (x.At(firstLayer + layer), y.At(weight)))), 2, Palette.Ink);
        Axes.Layers(canvas, x, y.FromPixel, firstLayer, LastLayer, hasTicks: false);
        return y.FromPixel + Axes.Height;
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        theme.Layers(layout, "weight", weights.Count);
        return
        [
            PlotlyTheme.Trace(
                "bar", PlotlyTheme.Numbers(weights.Select((_, layer) => (double)(firstLayer + layer))), PlotlyTheme.Numbers(weights),
                marker: PlotlyTheme.Json(("color", theme.Of(Palette.Series(0))), ("opacity", Faint)), hover: "layer %{x}: %{y:.3f}<extra></extra>"),
        ];
    }

    private static LayerCurve Checked(LayerCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return curve.WeightedSum is not null
            ? curve
            : throw new ArgumentException("curve must have a weighted sum, but has none: probe with ProbeConfig.WeightedSum.", nameof(curve));
    }
}
