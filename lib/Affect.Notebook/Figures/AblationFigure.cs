namespace Affect.Notebook.Figures;

/// <summary>Variants of an experiment, one under another: a dot and an interval each, beside chance and ceiling.</summary>
public sealed class AblationFigure : Figure
{
    private const double TwoColumns = 560;
    private const double PlotRow = 26;

    private readonly AblationData data;
    private readonly ScoreLevels levels;

    /// <summary>A figure of scores.</summary>
    /// <param name="data">The variants and what they are of.</param>
    /// <exception cref="ArgumentException">There is no variant, or a score is not a number.</exception>
    public AblationFigure(AblationData data)
        : base(Checked(data).Title, data.IsSynthetic) => (this.data, levels) = (data, new ScoreLevels(data.Chance, data.Ceilings));

    /// <summary>Runs on the same clips: the baseline, and each variant with its difference from it, corrected for the number of variants.</summary>
    /// <param name="baseline">What the variants are compared with, by name, with its runs seed by seed.</param>
    /// <param name="variants">The variants with their runs, of the same seeds in the same order; where there are fewer, the baseline's first ones
    /// are compared.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <param name="title">What the figure asks or states; null: what each variant changes.</param>
    /// <param name="ceilings">The best scores that the corpus allows; null: not known.</param>
    /// <param name="metric">Which score.</param>
    /// <exception cref="ArgumentException">There is no variant, or the runs are not of the same clips.</exception>
    public static AblationFigure Of(
        (string Name, IReadOnlyList<Decisions> Runs) baseline, IReadOnlyList<(string Name, IReadOnlyList<Decisions> Runs)> variants, bool isSynthetic,
        string? title = null, IReadOnlyList<ScoreLevel>? ceilings = null, Metric metric = Metric.Waf)
    {
        var compared = ComparisonFamily.Correct([.. Require.NotEmpty(variants).Select(variant =>
            Decisions.Compare(variant.Runs, [.. baseline.Runs.Take(variant.Runs.Count)], metric))]);
        return Of(baseline, [.. variants.Zip(compared, (variant, comparison) => (variant.Name, comparison))], isSynthetic, title, ceilings);
    }

    /// <summary>The same of comparisons that are there already, as those that were corrected together with others.</summary>
    /// <param name="baseline">What the variants are compared with, by name, with its runs seed by seed.</param>
    /// <param name="variants">The variants, each compared with the baseline by the same score.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <param name="title">What the figure asks or states; null: what each variant changes.</param>
    /// <param name="ceilings">The best scores that the corpus allows; null: not known.</param>
    /// <exception cref="ArgumentException">There is no variant.</exception>
    public static AblationFigure Of(
        (string Name, IReadOnlyList<Decisions> Runs) baseline, IReadOnlyList<(string Name, PairedComparison Comparison)> variants, bool isSynthetic,
        string? title = null, IReadOnlyList<ScoreLevel>? ceilings = null)
    {
        var (metric, one) = (Require.NotEmpty(variants)[0].Comparison.Metric, baseline.Runs[0]);
        return new AblationFigure(new AblationData
        {
            Title = title ?? $"What does each variant change beside {baseline.Name}?",
            Metric = metric,
            Rows =
            [
                new AblationRow { Name = baseline.Name, Score = Decisions.Score(baseline.Runs, metric) },
                .. variants.Select(variant => AblationRow.Of(variant.Name, variant.Comparison)),
            ],
            ComparedWith = baseline.Name,
            Chance = ChanceLevel.Of(one.Target, one.Classes.Count).Value(metric),
            Ceilings = ceilings ?? [],
            Clips = one.Clips.Count,
            Speakers = one.Speakers.Distinct().Count(),
            IsSynthetic = isSynthetic,
        });
    }

    /// <inheritdoc/>
    public override string Subtitle
    {
        get
        {
            var corrected = data.Rows.Max(row => row.Family) is > 1 and var family ? $", corrected for {family} comparisons" : "";
            var pairs = data.ComparedWith is { } other ? $" Δ: difference from {other} on the same clips{corrected}." : "";
            return $"{ScoreText.Sample(data.Clips, data.Speakers)}. Bars: 95 % intervals over speakers.{pairs}";
        }
    }

    /// <inheritdoc/>
    public override string Description => string.Join(" ",
        [$"{ScoreText.Name(data.Metric)}.", Subtitle, .. data.Rows.Select(row => $"{row.Name}: {string.Join(", ", Values(row))}."), levels.Text]);

    /// <inheritdoc/>
    public override FigureTable Table => HasDifferences
        ? Tabulate(Caption, ["variant", "score", $"difference from {data.ComparedWith ?? "the one compared with"}"],
            [.. data.Rows.Select(row => (string[])[row.Name, ScoreText.Of(row.Score), row.Difference is { } gain ? ScoreText.Signed(gain) : ""]),
                .. levels.Rows])
        : Tabulate(Caption, ["variant", "score"], [.. data.Rows.Select(row => (string[])[row.Name, ScoreText.Of(row.Score)]), .. levels.Rows]);

    private string Caption => $"{ScoreText.Name(data.Metric)} by variant, with 95 % intervals";

    private bool HasDifferences => data.Rows.Any(row => row.Difference is not null);

    private double Highest => Axes.Top(Math.Max(data.Rows.Max(row => row.Score.High), levels.Highest));

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        var (face, label, isWide) = (TextFace.Value, TextFace.Label, canvas.Width >= TwoColumns);
        var valueRoom = label.Widest(data.Rows.SelectMany(Values));
        var nameRoom = isWide ? Math.Min(face.Widest(data.Rows.Select(row => row.Name)), canvas.Width * 0.28) : canvas.Width - 2 * SvgCanvas.Margin;
        var left = SvgCanvas.Margin + (isWide ? nameRoom + 12 : 6);
        var right = canvas.Width - SvgCanvas.Margin - (isWide ? valueRoom + 14 : 6);
        var x = new LinearScale(0, Highest, left, right);
        var rows = data.Rows.Select(row =>
        {
            var (names, values) = (face.Wrap(row.Name, nameRoom), Values(row));
            var (nameHeight, valueHeight) = (names.Count * face.LineHeight, values.Count * label.LineHeight);
            // On narrow canvases the words stand above the mark.
            var head = isWide ? 0 : nameHeight + valueHeight;
            var height = isWide ? Math.Max(PlotRow, Math.Max(nameHeight, valueHeight) + 8) : head + PlotRow;
            return (Row: row, Names: names, Values: values, Head: head, Height: height);
        }).ToList();

        top = MarkNames.Legend(canvas, levels.Marks, top + 4) + 6;
        var bottom = top + rows.Sum(row => row.Height);
        Axes.Across(canvas, x, top, bottom, isWide ? 6 : 4);
        levels.DrawDown(canvas, x, top, bottom);
        foreach (var (row, names, values, head, height) in rows)
        {
            var centre = isWide ? top + height / 2 : top + head + PlotRow / 2 - 2;
            if (isWide)
            {
                canvas.LinesAround(names, left - 12, centre, face, TextAnchor.End);
                canvas.LinesAround(values, right + 14, centre, label);
            }
            else
            {
                // Words across the level lines stay readable on the page's own colour.
                canvas.Rectangle(left + 1, top, Math.Max(face.Widest(names), label.Widest(values)) + 4, head, Palette.Surface);
                canvas.Lines(values, left + 4, canvas.Lines(names, left + 4, top + 13, face), label);
            }
            var series = row.Difference is null && HasDifferences ? 1 : 0;
            canvas.Score(x, row.Score, centre, series, Palette.Series(series), radius: 5);
            top += height;
        }
        Axes.Name(canvas, x, bottom + 34, ScoreText.Name(data.Metric));
        return bottom + Axes.Height;
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        theme.Rows(layout, ScoreText.Name(data.Metric), Highest);
        layout["shapes"] = levels.Shapes(theme);
        var scores = data.Rows.Select(row => row.Score);
        return
        [
            PlotlyTheme.Trace("scatter", PlotlyTheme.Numbers(scores.Select(score => score.Value)),
                PlotlyTheme.Names(data.Rows.Select(row => row.Name)), mode: "markers",
                xErrors: PlotlyTheme.Errors(scores), marker: theme.Markers(Palette.Series(0), 10), hover: "%{y}: %{x:.3f}<extra></extra>"),
        ];
    }

    private static IReadOnlyList<string> Values(AblationRow row) =>
        row.Difference is { } difference ? [ScoreText.Of(row.Score), $"Δ {ScoreText.Signed(difference)}"] : [ScoreText.Of(row.Score)];

    private static AblationData Checked(AblationData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Rows.Count == 0) throw new ArgumentException("An ablation needs at least one variant, but got none.", nameof(data));
        foreach (var row in data.Rows)
        {
            ScoreText.RequireFinite(row.Score, $"Variant \"{row.Name}\"", nameof(data));
            if (row.Difference is { } difference) ScoreText.RequireFinite(difference, $"The difference of variant \"{row.Name}\"", nameof(data));
        }
        return data;
    }
}
