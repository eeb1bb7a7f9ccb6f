namespace Affect.Notebook.Figures;

/// <summary>How a training went: losses, or any other quantity, by step.</summary>
public sealed class TrainingCurveFigure : Figure
{
    private const int MostPoints = 160;

    private readonly IReadOnlyList<TrainingSeries> series;

    /// <summary>A figure of one or several curves over the same steps.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="series">The curves; values above zero for a logarithmic axis.</param>
    /// <param name="isSynthetic">Whether the clips that were learned from are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">There is no curve, one has no steps, its steps do not rise, or a value cannot be drawn.</exception>
    public TrainingCurveFigure(string title, IReadOnlyList<TrainingSeries> series, bool isSynthetic)
        : base(title, isSynthetic)
    {
        this.series = Require.NotEmpty(series);
        foreach (var one in series) one.Check(nameof(series));
    }

    /// <summary>What the vertical axis counts, with its unit.</summary>
    public string Quantity { get; init; } = "loss (nats)";

    /// <summary>What the horizontal axis counts.</summary>
    public string StepName { get; init; } = "step";

    /// <summary>Whether equal distances are equal ratios; values must then be above zero.</summary>
    public bool IsLogarithmic
    {
        get;
        init
        {
            if (value && series.Any(one => one.Values.Min() <= 0)) throw new ArgumentException("Values must be above zero on a logarithmic axis, but one is not.", nameof(value));
            field = value;
        }
    }

    /// <summary>Levels to compare with, as the loss of guessing by frequency; may be empty.</summary>
    public IReadOnlyList<ScoreLevel> Levels { get; init; } = [];

    /// <inheritdoc/>
    public override string Subtitle
    {
        get
        {
            var averaged = series.Any(one => one.Steps.Count > MostPoints) ? "; neighbouring steps averaged" : "";
            return $"{Step(series.Max(one => one.Steps[^1]))} {StepName}s{averaged}{(IsLogarithmic ? "; logarithmic axis" : "")}.";
        }
    }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var curves = series.Select(one => $"{one.Name}: from {Text(one.Values[0])} to {Text(one.Last)} after {Step(one.Steps[^1])} {StepName}s");
            var levels = Levels.Select(level => $" {level.Name}: {Text(level.Value)}.");
            return $"{Quantity} by {StepName}. {string.Join(". ", curves)}.{string.Concat(levels)}";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table
    {
        get
        {
            var thin = series.Select(one => one.Thinned(20)).ToList();
            var caption = $"{Quantity} by {StepName}, neighbouring {StepName}s averaged";
            return thin.All(one => one.Steps.SequenceEqual(thin[0].Steps))
                ? Tabulate(caption, [StepName, .. thin.Select(one => one.Name)],
                    thin[0].Steps.Select((step, row) => (string[])[Step(step), .. thin.Select(one => Text(one.Values[row]))]))
                : Tabulate(caption, ["curve", StepName, Quantity],
                    thin.SelectMany(one => one.Steps.Zip(one.Values, (step, value) => (string[])[one.Name, Step(step), Text(value)])));
        }
    }

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        var thin = series.Select(one => one.Thinned(MostPoints)).ToList();
        var curves = thin.Select((one, index) =>
            new NamedMark($"{one.Name}, ends\u00a0at\u00a0{Text(series[index].Last)}", Place(one.Values[^1]), Palette.Series(index), index));
        var levels = Levels.Select((level, index) =>
            new NamedMark($"{level.Name}\u00a0{Text(level.Value)}", Place(level.Value), Palette.Muted, Dash: ScoreLevels.CeilingDash(index)))
                .ToList();
        var names = new MarkNames(canvas, [.. curves, .. levels]);
        top = names.Above(top) + 24;
        var values = thin.SelectMany(one => one.Values.Select(Place)).Concat(levels.Select(level => level.Value)).ToList();
        var ticks = IsLogarithmic ? LogTicks(values.Min(), values.Max()) : LinearTicks(values.Min(), values.Max());
        var (first, last) = (Math.Min(0, thin.Min(one => one.Steps[0])), thin.Max(one => one.Steps[^1]));
        var x = new LinearScale(first, last > first ? last : 1, SvgCanvas.Margin + TextFace.Label.Widest(ticks.Select(Tick)) + 8, names.Right);
        var y = new LinearScale(Place(ticks[0]), Place(ticks[^1]), top + (canvas.IsWide ? 260 : 220), top);

        canvas.Text(Quantity, SvgCanvas.Margin, top - 10, TextFace.Label);
        Axes.Up(canvas, x, y, ticks.Select(tick => (Place(tick), Tick(tick))), hasBase: false);
        Axes.Along(canvas, x, y.FromPixel, StepName, room: 64, isCounted: series.All(one => one.Steps.All(double.IsInteger)));
        foreach (var level in levels) canvas.Line(x.FromPixel, y.At(level.Value), x.ToPixel, y.At(level.Value), level.Colour, 1.5, level.Dash);
        foreach (var (index, one) in thin.Index())
        {
            canvas.Polyline([.. one.Steps.Zip(one.Values, (step, value) => (x.At(step), y.At(Place(value))))], Palette.Series(index), 2);
            canvas.Marker(index, x.At(one.Steps[^1]), y.At(Place(one.Values[^1])), 4.5, Palette.Series(index));
        }
        names.Beside(y);
        return y.FromPixel + Axes.Height;
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis(StepName);
        layout["yaxis"] = theme.Axis(Quantity);
        if (IsLogarithmic) layout["yaxis"]!["type"] = "log";
        double[] ends = [Math.Round(series.Min(one => one.Steps[0])), Math.Round(series.Max(one => one.Steps[^1]))];
        return
        [
            .. series.Select(one => one.Thinned(MostPoints / 2))
            .Select((one, index) => theme.Line(one.Name, one.Steps.Select(step => Math.Round(step)), one.Values, Palette.Series(index))),
            .. Levels.Select(level => theme.Line(level.Name, ends, [level.Value, level.Value], Palette.Muted, "dot")),
        ];
    }

    private double Place(double value) => IsLogarithmic ? Math.Log10(value) : value;

    private static double[] LinearTicks(double low, double high)
    {
        // A loss that ends far above zero is not squeezed into the top of the plot.
        if (low > 0 && low < 0.5 * high) low = 0;
        if (high - low < 1e-9) (low, high) = (low - 0.5, high + 0.5);
        var step = LinearScale.RoundStep(high - low, parts: 6);
        var (first, last) = ((long)Math.Floor(low / step + 1e-9), (long)Math.Ceiling(high / step - 1e-9));
        return [.. Enumerable.Range(0, (int)(last - first + 1)).Select(index => (first + index) * step)];
    }

    // 1, 2 and 5 times powers of ten, as many as there is room for.
    private static double[] LogTicks(double low, double high)
    {
        var decades = Enumerable.Range((int)Math.Floor(low) - 1, (int)Math.Ceiling(high) - (int)Math.Floor(low) + 3);
        double[] factors = high - low > 3 ? [1] : [1, 2, 5];
        var all = decades.SelectMany(decade => factors.Select(factor => factor * Math.Pow(10, decade))).ToList();
        var first = all.FindLastIndex(tick => Math.Log10(tick) <= low + 1e-9);
        var last = all.FindIndex(tick => Math.Log10(tick) >= high - 1e-9);
        return [.. all[first..(Math.Max(last, first + 1) + 1)]];
    }

    private static string Tick(double value) => value.ToString(IsTiny(value) ? "0e0" : "0.######", CultureInfo.InvariantCulture);

    private static string Step(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString(IsTiny(value) ? "0.0e0" : Math.Abs(value) >= 0.1 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);

    // Written out, such a number would be all zeros.
    private static bool IsTiny(double value) => value != 0 && Math.Abs(value) < 1e-4;
}
