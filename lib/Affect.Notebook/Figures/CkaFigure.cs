namespace Affect.Notebook.Figures;

/// <summary>How alike the layers of an encoder are: linear CKA between every two, as a heat map.</summary>
public sealed class CkaFigure : Figure
{
    private readonly double[,] values;
    private readonly int clips;

    /// <summary>A heat map of layer similarities.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="values"><c>[layers, layers]</c>, each between 0 and 1, symmetric, layer 0 first.</param>
    /// <param name="clips">How many clips the similarities were computed on.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">The table is not square, is empty, or holds a value that is no similarity.</exception>
    public CkaFigure(string title, double[,] values, int clips, bool isSynthetic)
        : base(title, isSynthetic)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0 || values.GetLength(0) != values.GetLength(1))
            throw new ArgumentException($"values must be [layers, layers], but was [{values.GetLength(0)}, {values.GetLength(1)}].", nameof(values));
        for (var row = 0; row < values.GetLength(0); row++)
            for (var column = 0; column < values.GetLength(1); column++)
                // Rounding may carry the similarity of a layer with itself just past 1.
                if (!(values[row, column] >= -1e-3 && values[row, column] <= 1 + 1e-3))
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                        $"values must lie between 0 and 1, but layers {row} and {column} have {values[row, column]}."), nameof(values));
        this.values = values;
        this.clips = Require.AtLeast(1, clips, nameof(clips));
    }

    /// <summary>A heat map of the layers that a probe has looked at.</summary>
    /// <param name="curve">What the probe found.</param>
    /// <exception cref="ArgumentException">The probe was told to leave the similarity out, or there is one layer only.</exception>
    public CkaFigure(LayerCurve curve)
        : this($"How alike are the layers of {Checked(curve).Encoder}? {curve.Corpus}", Square(curve.Similarity!), Math.Min(curve.ClipIds.Count, curve.Config.SimilarityClips), curve.IsSynthetic)
    {
    }

    /// <inheritdoc/>
    public override string Subtitle => string.Create(CultureInfo.InvariantCulture,
        $"Linear CKA of the pooled states of {Score.Count(clips, "clip")}: 1 = the same up to rotation and scale, 0 = unrelated.{(LowestColour > 0 ? $" Colours begin at {LowestColour:0.0}." : "")}");

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            if (Layers == 1) return "One layer only.";
            var (row, column) = Lowest();
            var neighbours = Enumerable.Range(0, Layers - 1).Select(layer => values[layer, layer + 1]).Order().ToList();
            return string.Create(CultureInfo.InvariantCulture,
                $"Linear CKA of {Score.Count(clips, "clip")}. Neighbouring layers {Long(neighbours[0])} to {Long(neighbours[^1])}; least alike are layers {row} and {column}, {Long(values[row, column])}.");
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = "Linear CKA between layers",
        Columns = ["layer", .. Enumerable.Range(0, Layers).Select(Name)],
        Rows = [.. Enumerable.Range(0, Layers).Select(row =>
            (string[])[Name(row), .. Enumerable.Range(0, Layers).Select(column => Long(values[row, column]))])],
    };

    internal override double WidestUseful => 560;

    private int Layers => values.GetLength(0);

    // Where all layers are alike, as those of random networks are, a scale from 0 would show one colour.
    private double LowestColour => values.Cast<double>().Min() is > 0.5 and var least ? Math.Min(0.9, Math.Floor(least * 10) / 10) : 0;

    internal override double Draw(SvgCanvas canvas, double top)
    {
        var left = FigureHead.Margin + TextFace.Label.LineHeight + TextFace.Label.Width("00") + 6;
        var side = Math.Floor(Math.Min(canvas.Width - left - FigureHead.Margin, 460) / Layers);
        left = Math.Round(left + (canvas.Width - FigureHead.Margin - left - side * Layers) / 2);
        top = Math.Round(top + 8);
        var map = new HeatMap(canvas, left, top, side, side, LowestColour);
        map.Draw(Layers, Layers, (row, column) => values[row, column]);
        if (side >= TextMetrics.Width(".00", TextFace.Smallest) + 6)
            map.Write(Layers, Layers, (row, column) => values[row, column], (row, column) => [Short(values[row, column])]);
        var bottom = top + side * Layers;
        var every = 1;
        while (every * side < TextFace.Label.Width("00") + 5) every++;
        for (var layer = 0; layer < Layers; layer += every)
        {
            var centre = (layer + 0.5) * side;
            canvas.Text(Name(layer), left - 6, top + centre + 4, TextFace.Label, TextAnchor.End);
            canvas.Text(Name(layer), left + centre, bottom + 16, TextFace.Label, TextAnchor.Middle);
        }
        canvas.Text("layer (0 = input of the first block)", left + side * Layers / 2, bottom + 33, TextFace.Label, TextAnchor.Middle);
        canvas.TextUp("layer", left - 6 - TextFace.Label.Width("00") - 6, top + side * Layers / 2, TextFace.Label);
        return HeatMap.Legend(canvas, left, bottom + 46, side * Layers, LowestColour.ToString("0.#", CultureInfo.InvariantCulture), "1", "linear CKA");
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis("layer (0 = input of the first block)");
        layout["yaxis"] = theme.Axis("layer");
        layout["yaxis"]!["autorange"] = "reversed";
        layout["yaxis"]!["scaleanchor"] = "x";
        layout["xaxis"]!["constrain"] = "domain";
        layout["xaxis"]!["dtick"] = Layers > 14 ? 2 : 1;
        layout["yaxis"]!["dtick"] = Layers > 14 ? 2 : 1;
        return [HeatMap.Trace(theme, Layers, Layers, (row, column) => values[row, column], "layers %{y} and %{x}: %{z:.3f}<extra></extra>", LowestColour)];
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
        for (var row = 0; row < rows.Count; row++)
            for (var column = 0; column < rows.Count; column++) square[row, column] = rows[row][column];
        return square;
    }

    private static string Name(int layer) => layer.ToString(CultureInfo.InvariantCulture);

    // Two digits are what the map can tell; the zero before the point would not fit.
    private static string Short(double value) => value >= 0.995 ? "1" : value.ToString("#.00", CultureInfo.InvariantCulture);

    // Near 1, two digits would call layers the same that are not.
    private static string Long(double value) => value.ToString(value is >= 0.995 and < 1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);

    private (int Row, int Column) Lowest()
    {
        var lowest = (Row: 0, Column: 1);
        for (var row = 0; row < Layers; row++)
            for (var column = row + 1; column < Layers; column++)
                if (values[row, column] < values[lowest.Row, lowest.Column]) lowest = (row, column);
        return lowest;
    }
}
