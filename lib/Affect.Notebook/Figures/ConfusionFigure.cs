namespace Affect.Notebook.Figures;

/// <summary>What each emotion is taken for: rows are the true emotion, columns the predicted one, colours the share of the row.</summary>
public sealed class ConfusionFigure : Figure
{
    private readonly IReadOnlyList<string> classes;
    private readonly int[,] counts;
    private readonly int speakers;

    /// <summary>A confusion table.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="classes">The emotions' names, in the order of their label set.</param>
    /// <param name="counts"><c>[true, predicted]</c>: how many held-out clips.</param>
    /// <param name="speakers">How many speakers the clips come from.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">The table does not fit the classes, or holds a negative count.</exception>
    public ConfusionFigure(string title, IReadOnlyList<string> classes, int[,] counts, int speakers, bool isSynthetic)
        : base(title, isSynthetic)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(counts);
        if (classes.Count == 0 || counts.GetLength(0) != classes.Count || counts.GetLength(1) != classes.Count)
            throw new ArgumentException(
                $"counts must be [true, predicted] = [{classes.Count}, {classes.Count}], but was [{counts.GetLength(0)}, {counts.GetLength(1)}].", nameof(counts));
        foreach (var count in counts) Require.AtLeast(0, count, nameof(counts));
        this.classes = classes;
        this.counts = counts;
        this.speakers = Require.AtLeast(1, speakers, nameof(speakers));
    }

    /// <summary>How often each clip is counted: once for every seed whose decisions are taken together.</summary>
    public int Seeds { get; init => field = Require.AtLeast(1, value); } = 1;

    /// <summary>A confusion table of what several runs decided, taken together.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="runs">The runs, as of several seeds, on the same clips.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">The runs are not of the same clips.</exception>
    public static ConfusionFigure Of(string title, IReadOnlyList<Decisions> runs, bool isSynthetic)
    {
        var (target, predicted, speakers) = Decisions.Pool(runs);
        var names = runs[0].Classes;
        var table = new int[names.Count, names.Count];
        foreach (var (truth, decided) in target.Zip(predicted)) table[truth, decided]++;
        return new ConfusionFigure(title, names, table, speakers.Distinct(StringComparer.Ordinal).Count(), isSynthetic) { Seeds = runs.Count };
    }

    /// <inheritdoc/>
    public override string Subtitle => string.Create(CultureInfo.InvariantCulture,
        $"n = {Score.Count(counts.Cast<int>().Sum() / Seeds, "held-out clip")} of {Score.Count(speakers, "speaker")}{(Seeds > 1 ? $", each decided on by {Seeds} seeds" : "")}. Each row adds up to 100 % of that emotion's {(Seeds > 1 ? "decisions" : "clips")}.");

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var recalls = classes.Select((name, row) => string.Create(CultureInfo.InvariantCulture, $"{name} {100 * Share(row, row):0} %"));
            var (from, to) = Worst();
            var worst = from < 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $" Most often confused: {classes[from]} taken for {classes[to]}, {100 * Share(from, to):0} % of {Score.Count(Total(from), Seeds > 1 ? "decision" : "clip")}.");
            return $"{Subtitle} Recognised: {string.Join(", ", recalls)}.{worst}";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = $"{(Seeds > 1 ? "Decisions" : "Clips")} by true emotion (rows) and predicted emotion (columns)",
        Columns = ["true", .. classes, Seeds > 1 ? "decisions" : "clips"],
        Rows = [.. Enumerable.Range(0, classes.Count).Select(row => (string[])
            [classes[row], .. Enumerable.Range(0, classes.Count).Select(column => Number(counts[row, column])), Number(Total(row))])],
    };

    internal override double WidestUseful => 560;

    internal override double Draw(SvgCanvas canvas, double top)
    {
        var face = TextFace.Value;
        var nameRoom = Math.Min(TextMetrics.Widest(classes, face.Size), canvas.Width * 0.3);
        var left = FigureHead.Margin + TextFace.Label.LineHeight + nameRoom + 8;
        var side = Math.Floor(Math.Min(canvas.Width - left - FigureHead.Margin, 420) / classes.Count);
        left = Math.Round(left + (canvas.Width - FigureHead.Margin - left - side * classes.Count) / 2);
        var height = Math.Max(side * 0.8, 24);

        // Long names take turns on two lines, so that each has the room of two columns.
        var isOneLine = classes.All(name => face.Width(name) <= side - 6);
        canvas.Text("predicted", left + side * classes.Count / 2, top + 18, TextFace.Label, TextAnchor.Middle);
        top += 24;
        foreach (var (column, name) in classes.Index())
        {
            var room = isOneLine ? side - 6 : 2 * side - 8;
            var baseline = top + 12 + (isOneLine || column % 2 == 0 ? 0 : 16);
            // The outermost names have the map's edge on one side.
            var centre = left + (column + 0.5) * side;
            var text = face.Shorten(name, Math.Min(room, 2 * (canvas.Width - 4 - centre)));
            canvas.Text(text, centre, baseline, face, TextAnchor.Middle);
        }
        top = Math.Round(top + (isOneLine ? 20 : 36));
        var map = new HeatMap(canvas, left, top, side, height);
        map.Draw(classes.Count, classes.Count, Share);
        if (side >= TextMetrics.Width("100 %", TextFace.Smallest) + 4) map.Write(classes.Count, classes.Count, Share, Cell(height));
        foreach (var (row, name) in classes.Index())
            canvas.Text(face.Shorten(name, nameRoom), left - 8, top + (row + 0.5) * height + 4, face, TextAnchor.End);
        canvas.TextUp("true", left - 8 - nameRoom - 8, top + height * classes.Count / 2, TextFace.Label);
        return HeatMap.Legend(canvas, left, top + height * classes.Count + 14, side * classes.Count, "0 %", "100 %", "of the row");
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis("predicted");
        layout["yaxis"] = theme.Axis("true");
        layout["yaxis"]!["autorange"] = "reversed";
        var trace = HeatMap.Trace(theme, classes.Count, classes.Count, Share, "%{y} taken for %{x}: %{z:.0%}<extra></extra>");
        trace["x"] = PlotlyTheme.Names(classes);
        trace["y"] = PlotlyTheme.Names(classes);
        return [trace];
    }

    private Func<int, int, IReadOnlyList<string>> Cell(double height) => (row, column) =>
    {
        var share = string.Create(CultureInfo.InvariantCulture, $"{100 * Share(row, column):0} %");
        return height >= 36 ? [share, Number(counts[row, column])] : [share];
    };

    private int Total(int row) => Enumerable.Range(0, classes.Count).Sum(column => counts[row, column]);

    private double Share(int row, int column) => Total(row) == 0 ? 0 : (double)counts[row, column] / Total(row);

    private (int From, int To) Worst()
    {
        var worst = (From: -1, To: -1);
        for (var row = 0; row < classes.Count; row++)
            for (var column = 0; column < classes.Count; column++)
                if (row != column && counts[row, column] > 0 && (worst.From < 0 || Share(row, column) > Share(worst.From, worst.To))) worst = (row, column);
        return worst;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
