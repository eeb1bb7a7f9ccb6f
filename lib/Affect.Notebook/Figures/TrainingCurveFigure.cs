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
        ArgumentNullException.ThrowIfNull(series);
        if (series.Count == 0) throw new ArgumentException("A training curve needs at least one series, but got none.", nameof(series));
        foreach (var one in series) Check(one);
        this.series = series;
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
    public override string Subtitle => string.Create(CultureInfo.InvariantCulture,
        $"{series.Max(one => one.Steps[^1]):0} {StepName}s{(series.Any(one => one.Steps.Count > MostPoints) ? "; neighbouring steps averaged" : "")}{(IsLogarithmic ? "; logarithmic axis" : "")}.");

    /// <inheritdoc/>
    public override string Description =>
        $"{Quantity} by {StepName}. {string.Join(". ", series.Select(one => $"{one.Name}: from {Text(one.Values[0])} to {Text(one.Last)} after {Step(one.Steps[^1])} {StepName}s"))}."
        + string.Concat(Levels.Select(level => $" {level.Name}: {Text(level.Value)}."));

    /// <inheritdoc/>
    public override FigureTable Table
    {
        get
        {
            var thin = series.Select(one => one.Thinned(20)).ToList();
            var isShared = thin.All(one => one.Steps.SequenceEqual(thin[0].Steps));
            return new FigureTable
            {
                Caption = $"{Quantity} by {StepName}, neighbouring {StepName}s averaged",
                Columns = isShared ? [StepName, .. thin.Select(one => one.Name)] : ["curve", StepName, Quantity],
                Rows = isShared
                    ? [.. thin[0].Steps.Select((step, row) => (string[])[Step(step), .. thin.Select(one => Text(one.Values[row]))])]
                    : [.. thin.SelectMany(one => one.Steps.Zip(one.Values, (step, value) => (string[])[one.Name, Step(step), Text(value)]))],
            };
        }
    }

    internal override double Draw(SvgCanvas canvas, double top)
    {
        var isWide = canvas.Width >= MarkNames.WideEnough;
        var thin = series.Select(one => one.Thinned(MostPoints)).ToList();
        var marks = Marks(thin).ToList();
        top = (isWide ? top + 2 : MarkNames.Legend(canvas, marks, top + 4)) + 24;
        var values = thin.SelectMany(one => one.Values).Concat(Levels.Select(level => level.Value)).Select(Place).ToList();
        var ticks = IsLogarithmic ? LogTicks(values.Min(), values.Max()) : LinearTicks(values.Min(), values.Max());
        var left = FigureHead.Margin + TextMetrics.Widest(ticks.Select(Tick), TextFace.Label.Size) + 8;
        var right = canvas.Width - (isWide ? MarkNames.Column + 12 : FigureHead.Margin);
        var (first, last) = (thin.Min(one => one.Steps[0]), thin.Max(one => one.Steps[^1]));
        var x = new LinearScale(Math.Min(0, first), last > Math.Min(0, first) ? last : 1, left, right);
        var y = new LinearScale(Place(ticks[0]), Place(ticks[^1]), top + (isWide ? 260 : 220), top);

        canvas.Text(Quantity, FigureHead.Margin, top - 10, TextFace.Label);
        foreach (var tick in ticks)
        {
            canvas.Line(left, y.At(Place(tick)), right, y.At(Place(tick)), Palette.Grid);
            canvas.Text(Tick(tick), left - 8, y.At(Place(tick)) + 4, TextFace.Label, TextAnchor.End);
        }
        TimeAxis.Draw(canvas, x, y.FromPixel, StepName, room: 64, isCounted: series.All(one => one.Steps.All(double.IsInteger)));
        foreach (var (index, level) in Levels.Index()) canvas.Line(left, y.At(Place(level.Value)), right, y.At(Place(level.Value)), Palette.Muted, 1.5, LevelDash.Ceiling(index));
        foreach (var (index, one) in thin.Index())
        {
            canvas.Polyline([.. one.Steps.Zip(one.Values, (step, value) => (x.At(step), y.At(Place(value))))], Palette.Series(index), 2);
            canvas.Marker(index, x.At(one.Steps[^1]), y.At(Place(one.Values[^1])), 4.5, Palette.Series(index));
        }
        if (isWide) MarkNames.Beside(canvas, marks, y, right);
        return y.FromPixel + 44;
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis(StepName);
        layout["yaxis"] = theme.Axis(Quantity);
        if (IsLogarithmic) layout["yaxis"]!["type"] = "log";
        var traces = new JsonArray();
        foreach (var (index, one) in series.Select(one => one.Thinned(MostPoints / 2)).Index())
            traces.Add(Line(theme, one.Name, one.Steps, one.Values, Palette.Series(index), "solid"));
        var (first, last) = (series.Min(one => one.Steps[0]), series.Max(one => one.Steps[^1]));
        foreach (var level in Levels) traces.Add(Line(theme, level.Name, [first, last], [level.Value, level.Value], Palette.Muted, "dot"));
        return traces;
    }

    private static JsonObject Line(PlotlyTheme theme, string name, IEnumerable<double> x, IEnumerable<double> y, ThemedColour colour, string dash) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = PlotlyTheme.Escape(name),
        ["x"] = PlotlyTheme.Numbers(x.Select(value => Math.Round(value))),
        ["y"] = PlotlyTheme.Numbers(y),
        ["line"] = new JsonObject { ["color"] = theme.Of(colour), ["dash"] = dash },
    };

    private IEnumerable<NamedMark> Marks(List<TrainingSeries> thin)
    {
        foreach (var (index, one) in thin.Index())
            yield return new NamedMark($"{one.Name}, ends\u00a0at\u00a0{Text(series[index].Last)}", Place(one.Values[^1]), Palette.Series(index), index);
        foreach (var (index, level) in Levels.Index())
            yield return new NamedMark($"{level.Name}\u00a0{Text(level.Value)}", Place(level.Value), Palette.Muted, Dash: LevelDash.Ceiling(index));
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

    private static void Check(TrainingSeries one)
    {
        if (one.Steps.Count == 0 || one.Steps.Count != one.Values.Count)
            throw new ArgumentException($"Series \"{one.Name}\" must have a value per step and at least one, but has {one.Values.Count} values at {one.Steps.Count} steps.", nameof(one));
        for (var index = 0; index < one.Steps.Count; index++)
        {
            if (!double.IsFinite(one.Values[index]) || !double.IsFinite(one.Steps[index]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Series \"{one.Name}\" must hold numbers only, but has {one.Values[index]} at step {one.Steps[index]}."), nameof(one));
            if (index > 0 && one.Steps[index] <= one.Steps[index - 1])
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Series \"{one.Name}\" must list its steps in rising order, but {one.Steps[index]} follows {one.Steps[index - 1]}."), nameof(one));
        }
    }
}
