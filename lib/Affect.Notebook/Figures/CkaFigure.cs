namespace Affect.Notebook.Figures;

/// <summary>How alike the layers of an encoder are: linear CKA between every two, as a heat map.</summary>
public sealed class CkaFigure : Figure
{
    private readonly HeatMap map;
    private readonly int clips;

    /// <summary>A heat map of layer similarities.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="values"><c>[layers, layers]</c>, each between 0 and 1, symmetric, layer 0 first.</param>
    /// <param name="clips">How many clips the similarities were computed on.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">The table is not square, is empty, or holds a value that is no similarity.</exception>
    public CkaFigure(string title, double[,] values, int clips, bool isSynthetic)
        : base(title, isSynthetic, widest: 560)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (rows, columns) = (values.GetLength(0), values.GetLength(1));
        if (values.Length == 0 || rows != columns)
            throw new ArgumentException($"values must be [layers, layers], but was [{rows}, {columns}].", nameof(values));
        foreach (var (row, column) in Enumerable.Range(0, rows).SelectMany(row => Enumerable.Range(0, rows).Select(column => (row, column))))
            // Rounding may carry the similarity of a layer with itself just past 1.
            if (!(values[row, column] >= -1e-3 && values[row, column] <= 1 + 1e-3))
                throw new ArgumentException(FormattableString.Invariant(
                    $"values must lie between 0 and 1, but layers {row} and {column} have {values[row, column]}."), nameof(values));
        // Where all layers are alike, as those of random networks are, a scale from 0 would show one colour.
        var lowest = values.Cast<double>().Min() is > 0.5 and var least ? Math.Min(0.9, Math.Floor(least * 10) / 10) : 0;
        map = new HeatMap(rows, rows, (row, column) => values[row, column], lowest);
        this.clips = Require.AtLeast(1, clips, nameof(clips));
    }

    /// <summary>A heat map of the layers that a probe has looked at.</summary>
    /// <param name="curve">What the probe found.</param>
    /// <exception cref="ArgumentException">The probe was told to leave the similarity out, or there is one layer only.</exception>
    public CkaFigure(LayerCurve curve)
        : this(
            $"How alike are the layers of {Checked(curve).Encoder}? {curve.Corpus}", Square(curve.Similarity!),
            Math.Min(curve.ClipIds.Count, curve.Config.SimilarityClips), curve.IsSynthetic)
    {
    }

    /// <inheritdoc/>
    public override string Subtitle
    {
        get
        {
            var colours = map.Lowest > 0 ? FormattableString.Invariant($" Colours begin at {map.Lowest:0.0}.") : "";
            return $"Linear CKA of the pooled states of {ScoreText.Count(clips, "clip")}: "
                + $"1 = the same up to rotation and scale, 0 = unrelated.{colours}";
        }
    }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            if (map.Rows == 1) return "One layer only.";
            var neighbours = Enumerable.Range(1, map.Rows - 1).Select(layer => map.Value(layer - 1, layer)).Order().ToList();
            var pairs = Enumerable.Range(0, map.Rows)
                .SelectMany(row => Enumerable.Range(row + 1, map.Rows - row - 1).Select(column => (Row: row, Column: column)));
            var (first, second) = pairs.MinBy(pair => map.Value(pair.Row, pair.Column));
            return $"Linear CKA of {ScoreText.Count(clips, "clip")}. Neighbouring layers {Long(neighbours[0])} to {Long(neighbours[^1])}; "
                + $"least alike are layers {first} and {second}, {Long(map.Value(first, second))}.";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        "Linear CKA between layers", ["layer", .. Layers.Select(layer => $"{layer}")],
        Layers.Select(row => (string[])[$"{row}", .. Layers.Select(column => Long(map.Value(row, column)))]));

    private IEnumerable<int> Layers => Enumerable.Range(0, map.Rows);

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        var (label, digits) = (TextFace.Label, TextFace.Label.Width("00"));
        var left = SvgCanvas.Margin + label.LineHeight + digits + 6;
        var cell = Math.Floor(Math.Min(canvas.Width - left - SvgCanvas.Margin, 460) / map.Rows);
        var side = cell * map.Rows;
        left = Math.Round(left + (canvas.Width - SvgCanvas.Margin - left - side) / 2);
        top = Math.Round(top + 8);
        map.Draw(canvas, left, top, cell, cell, cell >= TextFace.Cell.Width(".00") + 6 ? (row, column) => [Short(map.Value(row, column))] : null);
        var bottom = top + side;
        var every = Axes.Every(cell, gap: 5);
        foreach (var layer in Layers.Where(layer => layer % every == 0))
        {
            var centre = (layer + 0.5) * cell;
            canvas.Text($"{layer}", left - 6, top + centre + 4, label, TextAnchor.End);
            canvas.Text($"{layer}", left + centre, bottom + 16, label, TextAnchor.Middle);
        }
        canvas.Text(Axes.LayerName, left + side / 2, bottom + 33, label, TextAnchor.Middle);
        canvas.TextUp("layer", left - 6 - digits - 6, top + side / 2, label);
        return HeatMap.Legend(canvas, left, bottom + 46, side, map.Lowest.ToString("0.#", CultureInfo.InvariantCulture), "1", "linear CKA");
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        var trace = map.Trace(theme, layout, Axes.LayerName, "layer", "layers %{y} and %{x}: %{z:.3f}<extra></extra>");
        layout["yaxis"]!["scaleanchor"] = "x";
        layout["xaxis"]!["constrain"] = "domain";
        layout["xaxis"]!["dtick"] = PlotlyTheme.LayerStep(map.Rows);
        layout["yaxis"]!["dtick"] = PlotlyTheme.LayerStep(map.Rows);
        return [trace];
    }

    private static LayerCurve Checked(LayerCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return curve.Similarity is not null
            ? curve
            : throw new ArgumentException($"curve must hold the similarity of its layers, but {curve.Encoder}'s does not.", nameof(curve));
    }

    private static double[,] Square(IReadOnlyList<IReadOnlyList<double>> rows)
    {
        var square = new double[rows.Count, rows.Count];
        foreach (var (row, values) in rows.Index())
            foreach (var (column, value) in values.Index()) square[row, column] = value;
        return square;
    }

    // Two digits are what the map can tell; the zero before the point would not fit.
    private static string Short(double value) => value >= 0.995 ? "1" : value.ToString("#.00", CultureInfo.InvariantCulture);

    // Near 1, two digits would call layers the same that are not.
    private static string Long(double value) => value.ToString(value is >= 0.995 and < 1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);
}
