namespace Affect.Notebook.Figures;

/// <summary>What each set of modalities can score, and what a method does score with it: a bar to the ceiling, a dot for the method.</summary>
public sealed class ModalityFigure : Figure
{
    private const double Beside = 480;
    private const double BarHeight = 15;

    private readonly IReadOnlyList<ModalityScore> rows;
    private readonly double chance;
    private readonly Metric metric;

    /// <summary>A row per set of modalities.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="rows">The sets, from top to bottom, each with a ceiling, a score, or both.</param>
    /// <param name="chance">The score of guessing.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <param name="metric">Which score it is.</param>
    /// <exception cref="ArgumentException">There is no row, or one has neither ceiling nor score.</exception>
    public ModalityFigure(string title, IReadOnlyList<ModalityScore> rows, double chance, bool isSynthetic, Metric metric = Metric.Waf)
        : base(title, isSynthetic)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("rows must hold at least one set of modalities, but is empty.", nameof(rows));
        foreach (var row in rows)
        {
            if (row.Modalities == Modalities.None) throw new ArgumentException("rows must name at least one modality each, but one names none.", nameof(rows));
            if (row.Ceiling is null && row.Score is null) throw new ArgumentException($"Row \"{row.Name}\" must have a ceiling or a score, but has neither.", nameof(rows));
            if (row.Ceiling is { } ceiling) Require.Between(0.0, 1.0, ceiling, row.Name);
            if (row.Score is { } score) Figures.Score.RequireFinite(score, $"Row \"{row.Name}\"", nameof(rows));
        }
        (this.rows, this.metric) = (rows, metric);
        this.chance = Require.Between(0.0, 1.0, chance, nameof(chance));
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
            return $"{Figures.Score.Name(metric)} by what is looked at.{ceilings}{scores}";
        }
    }

    /// <inheritdoc/>
    public override string Description =>
        $"{Subtitle} {string.Join(" ", rows.Select(row => $"{row.Name}:{(row.Ceiling is { } ceiling ? $" ceiling {Figures.Score.Text(ceiling)}" : "")}{(row is { Ceiling: not null, Score: not null } ? "," : "")}{(row.Score is { } score ? $" score {Figures.Score.Text(score)}" : "")}."))} Chance {Figures.Score.Text(chance)}.";

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = $"{Figures.Score.Name(metric)} by modalities",
        Columns = ["modalities", "ceiling", "score"],
        Rows =
        [
            .. rows.Select(row => (string[])[row.Name, row.Ceiling is { } ceiling ? Figures.Score.Text(ceiling) : "", row.Score is { } score ? Figures.Score.Text(score) : ""]),
            Chance(),
        ],
    };

    internal override double WidestUseful => 640;

    internal override double Draw(SvgCanvas canvas, double top)
    {
        var face = TextFace.Value;
        var isBeside = canvas.Width >= Beside;
        var texts = rows.Select(Text).ToList();
        var nameRoom = TextMetrics.Widest(rows.Select(row => row.Name), face.Size);
        var left = FigureHead.Margin + (isBeside ? nameRoom + 10 : 6);
        var right = canvas.Width - FigureHead.Margin - TextMetrics.Widest(isBeside ? texts : ["0.0"], face.Size) - 12;
        var x = new LinearScale(0, Math.Min(1, Math.Ceiling((rows.Max(row => Math.Max(row.Ceiling ?? 0, row.Score?.High ?? 0)) + 0.01) * 10) / 10), left, right);
        var rowHeight = isBeside ? 26.0 : 42.0;
        top = MarkNames.Legend(canvas, [new NamedMark($"chance\u00a0{Figures.Score.Text(chance)}", chance, Palette.Muted, Dash: LevelDash.Chance)], top + 4) + 6;
        var bottom = top + rowHeight * rows.Count;
        foreach (var tick in x.Ticks(LinearScale.RoundStep(x.To, isBeside ? 6 : 4)))
        {
            canvas.Line(x.At(tick), top, x.At(tick), bottom, tick == 0 ? Palette.Muted : Palette.Grid);
            canvas.Text(tick.ToString("0.0#", CultureInfo.InvariantCulture), x.At(tick), bottom + 16, TextFace.Label, TextAnchor.Middle);
        }
        canvas.Line(x.At(chance), top, x.At(chance), bottom, Palette.Muted, 1.5, LevelDash.Chance);
        foreach (var (index, row) in rows.Index())
        {
            var bar = top + index * rowHeight + (isBeside ? (rowHeight - BarHeight) / 2 : 20);
            if (isBeside) canvas.Text(row.Name, left - 10, bar + 12, face, TextAnchor.End);
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
                canvas.Line(x.At(chance), bar, x.At(chance), bar + BarHeight, Palette.Surface, 1.5, LevelDash.Chance);
            }
            if (row.Score is { } score)
            {
                var centre = bar + BarHeight / 2;
                canvas.Line(x.At(score.Low), centre, x.At(score.High), centre, Palette.Surface, 5);
                canvas.Line(x.At(score.Low), centre, x.At(score.High), centre, Palette.Ink, 2);
                canvas.Marker(0, x.At(score.Value), centre, 4.5, Palette.Ink);
            }
            if (isBeside) canvas.Text(texts[index], right + 12, bar + 12, TextFace.Label);
        }
        canvas.Text(Figures.Score.Name(metric), (left + right) / 2, bottom + 34, TextFace.Label, TextAnchor.Middle);
        return bottom + 44;
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis(Figures.Score.Name(metric));
        layout["yaxis"] = new JsonObject { ["autorange"] = "reversed", ["automargin"] = true };
        var traces = new JsonArray();
        var bars = rows.Where(row => row.Ceiling is not null).ToList();
        if (bars.Count > 0)
            traces.Add(new JsonObject
            {
                ["type"] = "bar",
                ["orientation"] = "h",
                ["name"] = "ceiling",
                ["x"] = PlotlyTheme.Numbers(bars.Select(row => row.Ceiling!.Value)),
                ["y"] = PlotlyTheme.Names(bars.Select(row => row.Name)),
                ["marker"] = new JsonObject { ["color"] = new JsonArray([.. bars.Select(row => (JsonNode)theme.Of(Palette.Modality(row.Name)))]), ["opacity"] = 0.6 },
                ["hovertemplate"] = "%{y}: ceiling %{x:.3f}<extra></extra>",
            });
        var dots = rows.Where(row => row.Score is not null).ToList();
        if (dots.Count > 0)
            traces.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["name"] = "score",
                ["x"] = PlotlyTheme.Numbers(dots.Select(row => row.Score!.Value)),
                ["y"] = PlotlyTheme.Names(dots.Select(row => row.Name)),
                ["marker"] = new JsonObject { ["color"] = theme.Of(Palette.Ink), ["size"] = 9 },
                ["hovertemplate"] = "%{y}: %{x:.3f}<extra></extra>",
            });
        return traces;
    }

    // A set of modalities has the stripes of its members: the order of colours is that of every other figure.
    private static void Bar(SvgCanvas canvas, ModalityScore row, double left, double top, double width)
    {
        var stripe = BarHeight / row.Parts.Count;
        foreach (var (index, part) in row.Parts.Index())
            canvas.Rectangle(left, top + index * stripe, width, stripe, Palette.Modality(part), row.Score is null ? 0.85 : 0.4);
    }

    private static string Text(ModalityScore row) =>
        (row.Ceiling, row.Score) switch
        {
            ({ } ceiling, { } score) => $"{Figures.Score.Text(score.Value)} of {Figures.Score.Text(ceiling)}",
            ({ } ceiling, null) => Figures.Score.Text(ceiling),
            (null, { } score) => Figures.Score.Text(score.Value),
            _ => "",
        };

    private string[] Chance() => ["chance", "", Figures.Score.Text(chance)];
}
