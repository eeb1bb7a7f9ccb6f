namespace Affect.Notebook.Figures;

/// <summary>What each set of modalities can score, and what a method does score with it: a bar to the ceiling, a dot for the method.</summary>
public sealed class ModalityFigure : Figure
{
    private const double TwoColumns = 480;
    private const double BarHeight = 15;

    private readonly IReadOnlyList<ModalityScore> rows;
    private readonly ScoreLevels chance;
    private readonly Metric metric;

    /// <summary>A row per set of modalities.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="rows">The sets, from top to bottom, each with a ceiling, a score, or both.</param>
    /// <param name="chance">The score of guessing.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <param name="metric">Which score it is.</param>
    /// <exception cref="ArgumentException">There is no row, or one has neither ceiling nor score.</exception>
    public ModalityFigure(string title, IReadOnlyList<ModalityScore> rows, double chance, bool isSynthetic, Metric metric = Metric.Waf)
        : base(title, isSynthetic, widest: 640)
    {
        foreach (var row in Require.NotEmpty(rows))
        {
            if (row.Modalities == Modalities.None) throw new ArgumentException("rows must name at least one modality each, but one names none.", nameof(rows));
            if (row.Ceiling is null && row.Score is null) throw new ArgumentException($"Row \"{row.Name}\" must have a ceiling or a score, but has neither.", nameof(rows));
            if (row.Ceiling is { } ceiling) Require.Between(0.0, 1.0, ceiling, row.Name);
            if (row.Score is { } score) ScoreText.RequireFinite(score, $"Row \"{row.Name}\"", nameof(rows));
        }
        (this.rows, this.metric) = (rows, metric);
        this.chance = new ScoreLevels(Require.Between(0.0, 1.0, chance, nameof(chance)), []);
    }

    /// <summary>The ceilings of Mimic, from its generator's own table.</summary>
    /// <param name="chance">The score of guessing on the clips at hand; null: guessing by frequency on Mimic's distribution.</param>
    public static ModalityFigure OfMimic(double? chance = null) => new(
        "What can a perfect reader of Mimic score? (synthetic corpus)",
        [.. MimicCeiling.All.Select(ceiling => new ModalityScore { Modalities = ceiling.Modalities, Ceiling = ceiling.Waf })], chance ?? MimicCeiling.Chance, isSynthetic: true);

    /// <inheritdoc/>
    public override string Subtitle
    {
        get
        {
            var ceilings = rows.Any(row => row.Ceiling is not null) ? " Bars: the best that can be expected." : "";
            var scores = rows.Any(row => row.Score is not null) ? " Dots: the method's score with its 95 % interval." : "";
            return $"{ScoreText.Name(metric)} by what is looked at.{ceilings}{scores}";
        }
    }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var sets = rows.Select(row =>
                (row.Name, Parts: ((string[])[Named("ceiling", CeilingOf(row)), Named("score", ScoreOf(row))]).Where(part => part.Length > 0)));
            return $"{Subtitle} {string.Join(" ", sets.Select(set => $"{set.Name}: {string.Join(", ", set.Parts)}."))} {chance.Text}";

            static string Named(string name, string text) => text.Length > 0 ? $"{name} {text}" : "";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        $"{ScoreText.Name(metric)} by modalities", ["modalities", "ceiling", "score"],
        [.. rows.Select(row => (string[])[row.Name, CeilingOf(row), ScoreOf(row)]), .. chance.Rows.Select(row => (string[])[row[0], "", row[1]])]);

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        var (face, isWide) = (TextFace.Value, canvas.Width >= TwoColumns);
        var texts = rows.Select(Text).ToList();
        var left = SvgCanvas.Margin + (isWide ? face.Widest(rows.Select(row => row.Name)) + 10 : 6);
        var right = canvas.Width - SvgCanvas.Margin - face.Widest(isWide ? texts : ["0.0"]) - 12;
        var x = new LinearScale(0, Axes.Top(rows.Max(row => Math.Max(row.Ceiling ?? 0, row.Score?.High ?? 0)), air: 0.01), left, right);
        var rowHeight = isWide ? 26.0 : 42.0;
        top = MarkNames.Legend(canvas, chance.Marks, top + 4) + 6;
        var bottom = top + rowHeight * rows.Count;
        Axes.Across(canvas, x, top, bottom, isWide ? 6 : 4);
        chance.DrawDown(canvas, x, top, bottom);
        foreach (var (index, row) in rows.Index())
        {
            var bar = top + index * rowHeight + (isWide ? (rowHeight - BarHeight) / 2 : 20);
            var centre = bar + BarHeight / 2;
            if (isWide) canvas.Text(row.Name, left - 10, bar + 12, face, TextAnchor.End);
            else
            {
                var words = $"{row.Name}  {texts[index]}";
                canvas.Rectangle(left + 1, bar - 18, face.Width(words) + 6, 16, Palette.Surface);
                canvas.Text(words, left + 4, bar - 5, face);
            }
            if (row.Ceiling is { } ceiling)
            {
                Bar(canvas, row, left, bar, x.At(ceiling) - left);
                // Chance is seen through the bars, but never through words.
                chance.DrawDown(canvas, x, bar, bar + BarHeight, Palette.Surface);
            }
            if (row.Score is { } score)
            {
                canvas.Line(x.At(score.Low), centre, x.At(score.High), centre, Palette.Surface, 5);
                canvas.Score(x, score, centre, 0, Palette.Ink);
            }
            if (isWide) canvas.Text(texts[index], right + 12, bar + 12, TextFace.Label);
        }
        Axes.Name(canvas, x, bottom + 34, ScoreText.Name(metric));
        return bottom + Axes.Height;
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        theme.Rows(layout, ScoreText.Name(metric));
        var traces = new JsonArray();
        var bars = rows.Where(row => row.Ceiling is not null).ToList();
        if (bars.Count > 0)
            traces.Add(PlotlyTheme.Trace(
                "bar", PlotlyTheme.Numbers(bars.Select(row => row.Ceiling!.Value)), PlotlyTheme.Names(bars.Select(row => row.Name)),
                orientation: "h", name: "ceiling",
                marker: theme.Bars(bars.Select(row => Palette.Modality(row.Name)), opacity: 0.6), hover: "%{y}: ceiling %{x:.3f}<extra></extra>"));
        var dots = rows.Where(row => row.Score is not null).ToList();
        if (dots.Count > 0)
            traces.Add(PlotlyTheme.Trace(
                "scatter", PlotlyTheme.Numbers(dots.Select(row => row.Score!.Value)), PlotlyTheme.Names(dots.Select(row => row.Name)),
                mode: "markers", name: "score",
                marker: theme.Markers(Palette.Ink, 9), hover: "%{y}: %{x:.3f}<extra></extra>"));
        return traces;
    }

    // A set of modalities has the stripes of its members: the order of colours is that of every other figure.
    private static void Bar(SvgCanvas canvas, ModalityScore row, double left, double top, double width)
    {
        var stripe = BarHeight / row.Parts.Count;
        foreach (var (index, part) in row.Parts.Index())
            canvas.Rectangle(left, top + index * stripe, width, stripe, Palette.Modality(part), row.Score is null ? 0.85 : 0.4);
    }

    private static string CeilingOf(ModalityScore row) => row.Ceiling is { } ceiling ? ScoreText.Of(ceiling) : "";

    private static string ScoreOf(ModalityScore row) => row.Score is { } score ? ScoreText.Of(score) : "";

    private static string Text(ModalityScore row) => row.Score is { } score
        ? $"{ScoreText.Of(score.Value)}{(row.Ceiling is null ? "" : $" of {CeilingOf(row)}")}"
        : CeilingOf(row);
}
