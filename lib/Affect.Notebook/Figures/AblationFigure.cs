namespace Affect.Notebook.Figures;

/// <summary>Variants of an experiment, one under another: a dot and an interval each, beside chance and ceiling.</summary>
public sealed class AblationFigure : Figure
{
    private const double TwoColumns = 560;
    private const double PlotRow = 26;

    private readonly AblationData data;

    /// <summary>A figure of scores.</summary>
    /// <param name="data">The variants and what they are of.</param>
    /// <exception cref="ArgumentException">There is no variant, or a score is not a number.</exception>
    public AblationFigure(AblationData data)
        : base(Checked(data).Title, data.IsSynthetic) => this.data = data;

    /// <inheritdoc/>
    public override string Subtitle
    {
        get
        {
            var pairs = data.ComparedWith is { } other ? $" Δ: difference from {other} on the same clips{Corrected}." : "";
            return string.Create(CultureInfo.InvariantCulture,
                $"n = {Score.Count(data.Clips, "clip")} of {Score.Count(data.Speakers, "speaker")}. Bars: 95 % intervals over speakers.{pairs}");
        }
    }

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var rows = data.Rows.Select(row => $"{row.Name}: {Score.Text(row.Score)}{(row.Difference is { } difference ? $", Δ {Signed(difference)}" : "")}.");
            var ceilings = string.Concat(data.Ceilings.Select(ceiling => $", {ceiling.Name} {Score.Text(ceiling.Value)}"));
            return $"{Score.Name(data.Metric)}. {Subtitle} {string.Join(" ", rows)} Chance {Score.Text(data.Chance)}{ceilings}.";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = $"{Score.Name(data.Metric)} by variant, with 95 % intervals",
        Columns = HasDifferences ? ["variant", "score", $"difference from {data.ComparedWith ?? "the one compared with"}"] : ["variant", "score"],
        Rows =
        [
            .. data.Rows.Select(row => HasDifferences ? (string[])[row.Name, Score.Text(row.Score), row.Difference is { } difference ? Signed(difference) : ""] : [row.Name, Score.Text(row.Score)]),
            Level("chance", data.Chance),
            .. data.Ceilings.Select(ceiling => Level(ceiling.Name, ceiling.Value)),
        ],
    };

    private string Corrected => data.Rows.Max(row => row.Family) is > 1 and var family ? string.Create(CultureInfo.InvariantCulture, $", corrected for {family} comparisons") : "";

    private bool HasDifferences => data.Rows.Any(row => row.Difference is not null);

    private double Highest => Math.Min(1, Math.Ceiling((data.Rows.Select(row => row.Score.High).Concat(data.Ceilings.Select(ceiling => ceiling.Value)).Append(data.Chance).Max() + 0.02) * 10) / 10);

    internal override double Draw(SvgCanvas canvas, double top)
    {
        var face = TextFace.Value;
        var isWide = canvas.Width >= TwoColumns;
        var values = data.Rows.Select(Values).ToList();
        var valueRoom = TextMetrics.Widest(values.SelectMany(lines => lines), TextFace.Label.Size);
        var nameRoom = isWide ? Math.Min(TextMetrics.Widest(data.Rows.Select(row => row.Name), face.Size), canvas.Width * 0.28) : canvas.Width - 2 * FigureHead.Margin;
        var left = FigureHead.Margin + (isWide ? nameRoom + 12 : 6);
        var right = canvas.Width - FigureHead.Margin - (isWide ? valueRoom + 14 : 6);
        var x = new LinearScale(0, Highest, left, right);
        var names = data.Rows.Select(row => face.Wrap(row.Name, nameRoom)).ToList();
        // On narrow canvases the words stand above the mark.
        var heads = data.Rows.Select((_, row) => isWide ? 0 : names[row].Count * face.LineHeight + values[row].Count * TextFace.Label.LineHeight).ToList();
        var heights = data.Rows.Select((_, row) => isWide
            ? Math.Max(PlotRow, Math.Max(names[row].Count * face.LineHeight, values[row].Count * TextFace.Label.LineHeight) + 8)
            : heads[row] + PlotRow).ToList();

        top = MarkNames.Legend(canvas, Marks(), top + 4) + 6;
        var bottom = top + heights.Sum();
        var step = LinearScale.RoundStep(x.To, isWide ? 6 : 4);
        foreach (var tick in x.Ticks(step))
        {
            canvas.Line(x.At(tick), top, x.At(tick), bottom, tick == 0 ? Palette.Muted : Palette.Grid);
            canvas.Text(tick.ToString("0.0#", CultureInfo.InvariantCulture), x.At(tick), bottom + 16, TextFace.Label, TextAnchor.Middle);
        }
        canvas.Line(x.At(data.Chance), top, x.At(data.Chance), bottom, Palette.Muted, 1.5, LevelDash.Chance);
        foreach (var (index, ceiling) in data.Ceilings.Index()) canvas.Line(x.At(ceiling.Value), top, x.At(ceiling.Value), bottom, Palette.Muted, 1.5, LevelDash.Ceiling(index));
        var row0 = top;
        foreach (var (index, row) in data.Rows.Index())
        {
            var centre = isWide ? row0 + heights[index] / 2 : row0 + heads[index] + PlotRow / 2 - 2;
            if (isWide)
            {
                canvas.Lines(names[index], left - 12, centre - (names[index].Count - 1) * face.LineHeight / 2 + 4, face, TextAnchor.End);
                canvas.Lines(values[index], right + 14, centre - (values[index].Count - 1) * TextFace.Label.LineHeight / 2 + 4, TextFace.Label);
            }
            else
            {
                // Words across the level lines stay readable on the page's own colour.
                var words = Math.Max(TextMetrics.Widest(names[index], face.Size), TextMetrics.Widest(values[index], TextFace.Label.Size));
                canvas.Rectangle(x.FromPixel + 1, row0, words + 4, heads[index], Palette.Surface);
                var baseline = canvas.Lines(names[index], x.FromPixel + 4, row0 + 13, face);
                canvas.Lines(values[index], x.FromPixel + 4, baseline, TextFace.Label);
            }
            var colour = Palette.Series(row.Difference is null && HasDifferences ? 1 : 0);
            canvas.Line(x.At(row.Score.Low), centre, x.At(row.Score.High), centre, colour, 2);
            canvas.Marker(row.Difference is null && HasDifferences ? 1 : 0, x.At(row.Score.Value), centre, 5, colour);
            row0 += heights[index];
        }
        canvas.Text(Score.Name(data.Metric), (left + right) / 2, bottom + 34, TextFace.Label, TextAnchor.Middle);
        return bottom + 44;
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis(Score.Name(data.Metric));
        layout["xaxis"]!["range"] = new JsonArray(0, Highest);
        layout["yaxis"] = new JsonObject { ["autorange"] = "reversed", ["automargin"] = true };
        var shapes = new JsonArray(Rule(theme, data.Chance, "dash"));
        foreach (var ceiling in data.Ceilings) shapes.Add(Rule(theme, ceiling.Value, "dot"));
        layout["shapes"] = shapes;
        return
        [
            new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "markers",
                ["x"] = PlotlyTheme.Numbers(data.Rows.Select(row => row.Score.Value)),
                ["y"] = PlotlyTheme.Names(data.Rows.Select(row => row.Name)),
                ["error_x"] = new JsonObject
                {
                    ["type"] = "data",
                    ["symmetric"] = false,
                    ["width"] = 0,
                    ["array"] = PlotlyTheme.Numbers(data.Rows.Select(row => row.Score.High - row.Score.Value)),
                    ["arrayminus"] = PlotlyTheme.Numbers(data.Rows.Select(row => row.Score.Value - row.Score.Low)),
                },
                ["marker"] = new JsonObject { ["color"] = theme.Of(Palette.Series(0)), ["size"] = 10 },
                ["hovertemplate"] = "%{y}: %{x:.3f}<extra></extra>",
            },
        ];
    }

    private static JsonObject Rule(PlotlyTheme theme, double value, string dash) => new()
    {
        ["type"] = "line",
        ["yref"] = "paper",
        ["x0"] = Math.Round(value, 4),
        ["x1"] = Math.Round(value, 4),
        ["y0"] = 0,
        ["y1"] = 1,
        ["line"] = new JsonObject { ["color"] = theme.Of(Palette.Muted), ["dash"] = dash, ["width"] = 1.5 },
    };

    private IEnumerable<NamedMark> Marks()
    {
        yield return new NamedMark($"chance\u00a0{Score.Text(data.Chance)}", data.Chance, Palette.Muted, Dash: LevelDash.Chance);
        foreach (var (index, ceiling) in data.Ceilings.Index())
            yield return new NamedMark($"{ceiling.Name}\u00a0{Score.Text(ceiling.Value)}", ceiling.Value, Palette.Muted, Dash: LevelDash.Ceiling(index));
    }

    private static IReadOnlyList<string> Values(AblationRow row) =>
        row.Difference is { } difference ? [Score.Text(row.Score), $"Δ {Signed(difference)}"] : [Score.Text(row.Score)];

    private static string[] Level(string name, double value) => [name, Score.Text(value)];

    private static string Signed(Evaluation.Interval interval) => $"{Signed(interval.Value)} [{Signed(interval.Low)}, {Signed(interval.High)}]";

    private static string Signed(double value) => value.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture);

    private static AblationData Checked(AblationData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Rows.Count == 0) throw new ArgumentException("An ablation needs at least one variant, but got none.", nameof(data));
        foreach (var row in data.Rows)
        {
            Score.RequireFinite(row.Score, $"Variant \"{row.Name}\"", nameof(data));
            if (row.Difference is { } difference) Score.RequireFinite(difference, $"The difference of variant \"{row.Name}\"", nameof(data));
        }
        foreach (var ceiling in data.Ceilings) Require.Between(0.0, 1.0, ceiling.Value, ceiling.Name);
        return data;
    }
}
