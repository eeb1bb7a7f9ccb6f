namespace Affect.Notebook.Figures;

/// <summary>What each emotion is taken for: rows are the true emotion, columns the predicted one, colours the share of the row.</summary>
public sealed class ConfusionFigure : Figure
{
    private readonly IReadOnlyList<string> classes;
    private readonly int[,] counts;
    private readonly int[] totals;
    private readonly int speakers;

    /// <summary>A confusion table.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="classes">The emotions' names, in the order of their label set.</param>
    /// <param name="counts"><c>[true, predicted]</c>: how many held-out clips.</param>
    /// <param name="speakers">How many speakers the clips come from.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">The table does not fit the classes, or holds a negative count.</exception>
    public ConfusionFigure(string title, IReadOnlyList<string> classes, int[,] counts, int speakers, bool isSynthetic)
        : base(title, isSynthetic, widest: 560)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(counts);
        var (rows, columns) = (counts.GetLength(0), counts.GetLength(1));
        if (classes.Count == 0 || rows != classes.Count || columns != classes.Count)
            throw new ArgumentException($"counts must be [true, predicted] = [{classes.Count}, {classes.Count}], but was [{rows}, {columns}].",
                nameof(counts));
        foreach (var count in counts) Require.AtLeast(0, count, nameof(counts));
        (this.classes, this.counts) = (classes, counts);
        totals = [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).Sum(column => counts[row, column]))];
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
    public override string Subtitle
    {
        get
        {
            var seeds = Seeds > 1 ? $", each decided on by {Seeds} seeds" : "";
            var sample = ScoreText.Sample(totals.Sum() / Seeds, speakers, "held-out clip");
            return $"{sample}{seeds}. Each row adds up to 100 % of that emotion's {Counted}s.";
        }
    }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var recalls = classes.Select((name, row) => $"{name} {Percent(row, row)}");
            var confused = Numbers.SelectMany(row => Numbers.Select(column => (From: row, To: column)))
                .Where(pair => pair.From != pair.To && counts[pair.From, pair.To] > 0);
            var (from, to) = confused.DefaultIfEmpty((From: -1, To: -1)).MaxBy(pair => pair.From < 0 ? 0 : Share(pair.From, pair.To));
            var worst = from < 0 ? ""
                : $" Most often confused: {classes[from]} taken for {classes[to]}, {Percent(from, to)} of {ScoreText.Count(totals[from], Counted)}.";
            return $"{Subtitle} Recognised: {string.Join(", ", recalls)}.{worst}";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        $"{(Seeds > 1 ? "Decisions" : "Clips")} by true emotion (rows) and predicted emotion (columns)", ["true", .. classes, $"{Counted}s"],
        Numbers.Select(row => (string[])[classes[row], .. Numbers.Select(column => $"{counts[row, column]}"), $"{totals[row]}"]));

    private string Counted => Seeds > 1 ? "decision" : "clip";

    private IEnumerable<int> Numbers => Enumerable.Range(0, classes.Count);

    private HeatMap Map => new(classes.Count, classes.Count, Share);

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        var face = TextFace.Value;
        var nameRoom = Math.Min(face.Widest(classes), canvas.Width * 0.3);
        var left = SvgCanvas.Margin + TextFace.Label.LineHeight + nameRoom + 8;
        var cell = Math.Floor(Math.Min(canvas.Width - left - SvgCanvas.Margin, 420) / classes.Count);
        var (side, height) = (cell * classes.Count, Math.Max(cell * 0.8, 24));
        left = Math.Round(left + (canvas.Width - SvgCanvas.Margin - left - side) / 2);

        // Long names take turns on two lines, so that each has the room of two columns.
        var isOneLine = classes.All(name => face.Width(name) <= cell - 6);
        canvas.Text("predicted", left + side / 2, top + 18, TextFace.Label, TextAnchor.Middle);
        foreach (var (column, name) in classes.Index())
        {
            // The outermost names have the map's edge on one side.
            var centre = left + (column + 0.5) * cell;
            var room = Math.Min(isOneLine ? cell - 6 : 2 * cell - 8, 2 * (canvas.Width - 4 - centre));
            canvas.Text(face.Shorten(name, room), centre, top + 36 + (isOneLine || column % 2 == 0 ? 0 : 16), face, TextAnchor.Middle);
        }
        top = Math.Round(top + 24 + (isOneLine ? 20 : 36));
        Map.Draw(canvas, left, top, cell, height, cell >= TextFace.Cell.Width("100 %") + 4 ? Text : null);
        foreach (var (row, name) in classes.Index())
            canvas.Text(face.Shorten(name, nameRoom), left - 8, top + (row + 0.5) * height + 4, face, TextAnchor.End);
        var bottom = top + height * classes.Count;
        canvas.TextUp("true", left - 8 - nameRoom - 8, (top + bottom) / 2, TextFace.Label);
        return HeatMap.Legend(canvas, left, bottom + 14, side, "0 %", "100 %", "of the row");

        IReadOnlyList<string> Text(int row, int column) => height >= 36 ? [Percent(row, column), $"{counts[row, column]}"] : [Percent(row, column)];
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        var trace = Map.Trace(theme, layout, "predicted", "true", "%{y} taken for %{x}: %{z:.0%}<extra></extra>");
        trace["x"] = PlotlyTheme.Names(classes);
        trace["y"] = PlotlyTheme.Names(classes);
        return [trace];
    }

    private double Share(int row, int column) => totals[row] == 0 ? 0 : (double)counts[row, column] / totals[row];

    private string Percent(int row, int column) => FormattableString.Invariant($"{100 * Share(row, column):0} %");
}
