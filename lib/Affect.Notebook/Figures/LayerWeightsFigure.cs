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
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"weights must be at least 0 and sum to 1, but {weights.Count} weights sum to {weights.Sum()}."), nameof(weights));
        foreach (var fold in folds)
            if (fold.Count != weights.Count) throw new ArgumentException($"folds must have a weight per layer, {weights.Count}, but one has {fold.Count}.", nameof(folds));
        (this.weights, this.folds) = (weights, folds);
        this.firstLayer = Require.AtLeast(0, firstLayer, nameof(firstLayer));
    }

    /// <summary>The weights that a probed encoder's layers got.</summary>
    /// <param name="curve">A curve that was made with the weighted sum.</param>
    /// <exception cref="ArgumentException">The curve has no weighted sum.</exception>
    public LayerWeightsFigure(LayerCurve curve)
        : this($"Which layers does a learned sum of {Checked(curve).Encoder} take? {curve.Corpus}{(curve.IsSynthetic ? ", synthetic speech" : "")}",
            curve.WeightedSum!.Weights, curve.WeightedSum.FoldWeights, curve.Layers[0].Layer, curve.IsSynthetic)
    {
    }

    /// <inheritdoc/>
    public override string Subtitle => string.Create(CultureInfo.InvariantCulture,
        $"Weights sum to 1; dashed: every layer alike, {Even:0.000}.{(folds.Count > 0 ? $" Mean of {Score.Count(folds.Count, "fold")}; dots: single folds." : "")}");

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var order = Enumerable.Range(0, weights.Count).OrderByDescending(index => weights[index]).ToList();
            return string.Create(CultureInfo.InvariantCulture,
                $"{Subtitle} Heaviest: layer {firstLayer + order[0]}, {Score.Text(weights[order[0]])}; lightest: layer {firstLayer + order[^1]}, {Score.Text(weights[order[^1]])}.");
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = "Weight by layer",
        Columns = ["layer", "weight", .. Enumerable.Range(1, folds.Count).Select(fold => string.Create(CultureInfo.InvariantCulture, $"fold {fold}"))],
        Rows = [.. weights.Select((weight, layer) => (string[])[Name(layer), Score.Text(weight), .. folds.Select(fold => Score.Text(fold[layer]))])],
    };

    private double Even => 1.0 / weights.Count;

    internal override double Draw(SvgCanvas canvas, double top)
    {
        // A little air above the highest mark, but no weight is above 1.
        var highest = Math.Min(1, weights.Concat(folds.SelectMany(fold => fold)).Append(Even).Max() * 1.04);
        var step = LinearScale.RoundStep(highest, parts: 5);
        var ceiling = Math.Min(1, Math.Ceiling(highest / step - 1e-9) * step);
        var format = step < 0.1 ? "0.00#" : "0.0";
        var left = FigureHead.Margin + TextFace.Label.Width(ceiling.ToString(format, CultureInfo.InvariantCulture)) + 10;
        top += 26;
        var y = new LinearScale(0, ceiling, top + (canvas.Width >= MarkNames.WideEnough ? 210 : 180), top);
        var x = new LinearScale(-0.5, weights.Count - 0.5, left, canvas.Width - FigureHead.Margin);
        canvas.Text("weight", FigureHead.Margin, top - 10, TextFace.Label);
        foreach (var tick in y.Ticks(step))
        {
            canvas.Line(left, y.At(tick), x.ToPixel, y.At(tick), tick == 0 ? Palette.Muted : Palette.Grid);
            canvas.Text(tick.ToString(format, CultureInfo.InvariantCulture), left - 8, y.At(tick) + 4, TextFace.Label, TextAnchor.End);
        }
        var spacing = x.At(1) - x.At(0);
        var width = Math.Min(34, spacing * 0.68);
        foreach (var (layer, weight) in weights.Index()) canvas.Rectangle(x.At(layer) - width / 2, y.At(weight), width, y.FromPixel - y.At(weight), Palette.Series(0), Faint);
        canvas.Line(left, y.At(Even), x.ToPixel, y.At(Even), Palette.Muted, 1.5, LevelDash.Chance);
        canvas.Dots(folds.SelectMany(fold => fold.Select((weight, layer) => (x.At(layer), y.At(weight)))), 2, Palette.Ink);
        var every = 1;
        while (every * spacing < TextFace.Label.Width("00") + 8) every++;
        for (var layer = 0; layer < weights.Count; layer++)
            if ((firstLayer + layer) % every == 0) canvas.Text(Name(layer), x.At(layer), y.FromPixel + 18, TextFace.Label, TextAnchor.Middle);
        canvas.Text("layer (0 = input of the first block)", (left + x.ToPixel) / 2, y.FromPixel + 36, TextFace.Label, TextAnchor.Middle);
        return y.FromPixel + 44;
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis("layer (0 = input of the first block)");
        layout["yaxis"] = theme.Axis("weight");
        layout["xaxis"]!["dtick"] = weights.Count > 14 ? 2 : 1;
        return
        [
            new JsonObject
            {
                ["type"] = "bar",
                ["x"] = PlotlyTheme.Numbers(weights.Select((_, layer) => (double)(firstLayer + layer))),
                ["y"] = PlotlyTheme.Numbers(weights),
                ["marker"] = new JsonObject { ["color"] = theme.Of(Palette.Series(0)), ["opacity"] = Faint },
                ["hovertemplate"] = "layer %{x}: %{y:.3f}<extra></extra>",
            },
        ];
    }

    private string Name(int layer) => (firstLayer + layer).ToString(CultureInfo.InvariantCulture);

    private static LayerCurve Checked(LayerCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return curve.WeightedSum is null ? throw new ArgumentException("curve must have a weighted sum, but has none: probe with ProbeConfig.WeightedSum.", nameof(curve)) : curve;
    }
}
