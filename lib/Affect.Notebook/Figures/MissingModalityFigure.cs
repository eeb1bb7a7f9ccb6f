namespace Affect.Notebook.Figures;

/// <summary>What models trained on several modalities score when only some are there: a row a set of modalities, a column a model.</summary>
public sealed class MissingModalityFigure : Figure
{
    private const double CellHeight = 40;

    private readonly IReadOnlyList<string> present;
    private readonly IReadOnlyList<MissingModalityRow> rows;
    private readonly IReadOnlyList<double>? ceilings;
    private readonly int clips;
    private readonly int speakers;

    /// <summary>A matrix of scores.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="present">The sets of modalities, as in <c>acoustic + visual</c>.</param>
    /// <param name="rows">The models, each with a score per set.</param>
    /// <param name="clips">How many clips were scored.</param>
    /// <param name="speakers">How many speakers they come from.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <param name="ceilings">The best that can be expected of each set, where it is known (synthetic data); null where it is not.</param>
    /// <exception cref="ArgumentException">There is nothing to show, a row does not fit the columns, or a score is not a number.</exception>
    public MissingModalityFigure(
        string title, IReadOnlyList<string> present, IReadOnlyList<MissingModalityRow> rows, int clips, int speakers, bool isSynthetic, IReadOnlyList<double>? ceilings = null)
        : base(title, isSynthetic)
    {
        Require.NotEmpty(present);
        Require.NotEmpty(rows);
        foreach (var row in rows)
        {
            if (row.Scores.Count != present.Count) throw new ArgumentException($"Row \"{row.Name}\" must have a score for each of {present.Count} sets of modalities, but has {row.Scores.Count}.", nameof(rows));
            foreach (var score in row.Scores) Score.RequireFinite(score, $"Row \"{row.Name}\"", nameof(rows));
        }
        if (ceilings is not null && ceilings.Count != present.Count) throw new ArgumentException($"ceilings must be one for each of {present.Count} sets of modalities, but are {ceilings.Count}.", nameof(ceilings));
        (this.present, this.rows, this.ceilings) = (present, rows, ceilings);
        (this.clips, this.speakers) = (Require.AtLeast(1, clips, nameof(clips)), Require.AtLeast(1, speakers, nameof(speakers)));
    }

    /// <summary>The matrix of what runs decided: models trained on all modalities, shown fewer and fewer; runs of several seeds are taken together.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="results">The results; those of models that were trained on fewer modalities than others are left out.</param>
    /// <exception cref="ArgumentException">There is no result, or a model was not shown every set that others were.</exception>
    public static MissingModalityFigure Of(string title, IReadOnlyList<RunResult> results)
    {
        Require.NotEmpty(results);
        var most = results.Max(result => Count(result.Trained));
        var shown = results.Where(result => Count(result.Trained) == most).ToList();
        string[] sets = [.. shown.Select(result => result.Present).Distinct().OrderBy(Count).ThenBy(name => shown.FindIndex(result => result.Present == name))];
        var models = shown.GroupBy(result => result.Variant).Select(variant => new MissingModalityRow(
            variant.Key,
            [.. sets.Select(set => variant.Where(result => result.Present == set).ToArray() is { Length: > 0 } runs
                ? Decisions.Score([.. runs.Select(run => run.Decisions)])
                : throw new ArgumentException($"'{variant.Key}' must have been shown every set of modalities that others were, but not '{set}'.", nameof(results)))])).ToList();
        double?[] best = [.. sets.Select(set => shown.First(result => result.Present == set).Ceiling)];
        return new MissingModalityFigure(
            title, [.. sets.Select(set => set.Replace("+", " + ", StringComparison.Ordinal))], models, shown[0].Decisions.Clips.Count, shown[0].Decisions.Speakers.Distinct().Count(), shown[0].IsSynthetic,
            best.All(ceiling => ceiling is not null) ? [.. best.Select(ceiling => ceiling!.Value)] : null);
    }

    /// <inheritdoc/>
    public override string Subtitle => string.Create(CultureInfo.InvariantCulture,
        $"WAF (weighted F1), n = {Score.Count(clips, "clip")} of {Score.Count(speakers, "speaker")}. Rows: what was there; the rest was missing.");

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var means = rows.Select(row => $"{row.Name}: mean over all sets {Score.Text(Mean(row))}, {string.Join(", ", present.Zip(row.Scores, (set, score) => $"{set} {Score.Text(score)}"))}.");
            return $"{Subtitle} {string.Join(" ", means)}";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = "WAF by what was there, with 95 % intervals",
        Columns = ["there", .. rows.Select(row => row.Name), .. (IEnumerable<string>)(ceilings is null ? [] : ["ceiling"])],
        Rows =
        [
            .. present.Index().Select(column => (string[])[column.Item, .. rows.Select(row => Score.Text(row.Scores[column.Index])), .. (IEnumerable<string>)(ceilings is null ? [] : [Score.Text(ceilings[column.Index])])]),
            ["mean", .. rows.Select(row => Score.Text(Mean(row))), .. (IEnumerable<string>)(ceilings is null ? [] : [Score.Text(ceilings.Average())])],
        ],
    };

    private IReadOnlyList<string> Names => [.. rows.Select(row => row.Name), .. (IEnumerable<string>)(ceilings is null ? [] : ["ceiling"])];

    // The map is drawn with one row a set: sets are many and their names long, models are few.
    internal override double Draw(SvgCanvas canvas, double top)
    {
        var face = TextFace.Value;
        string[] sets = [.. present, "mean"];
        var nameRoom = Math.Min(TextMetrics.Widest(sets, face.Size), canvas.Width * 0.28);
        var left = FigureHead.Margin + nameRoom + 10;
        var width = Math.Min((canvas.Width - left - FigureHead.Margin) / Names.Count, 150);
        var heads = Names.Select(name => face.Wrap(name, width - 8)).ToList();
        var headLines = heads.Max(lines => lines.Count);
        foreach (var (column, lines) in heads.Index())
            canvas.Lines(lines, left + (column + 0.5) * width, top + 16 + (headLines - lines.Count) * face.LineHeight, face, TextAnchor.Middle);
        top = Math.Round(top + 16 + headLines * face.LineHeight - 4);
        var map = new HeatMap(canvas, left, top, width, CellHeight);
        map.Draw(sets.Length, Names.Count, Value);
        map.Write(sets.Length, Names.Count, Value, (row, column) => Cell(row, column, width));
        foreach (var (row, name) in sets.Index())
        {
            var lines = face.Wrap(name, nameRoom);
            canvas.Lines(lines, left - 10, top + (row + 0.5) * CellHeight + 4 - (lines.Count - 1) * face.LineHeight / 2, face, TextAnchor.End);
        }
        return HeatMap.Legend(canvas, left, top + CellHeight * sets.Length + 14, width * Names.Count, "0", "1", "WAF");
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        string[] sets = [.. present, "mean"];
        layout["xaxis"] = theme.Axis("trained");
        layout["yaxis"] = theme.Axis("there");
        layout["yaxis"]!["autorange"] = "reversed";
        layout["yaxis"]!["automargin"] = true;
        var trace = HeatMap.Trace(theme, sets.Length, Names.Count, Value, "%{x}, %{y}: %{z:.3f}<extra></extra>");
        trace["x"] = PlotlyTheme.Names(Names);
        trace["y"] = PlotlyTheme.Names(sets);
        return [trace];
    }

    private static int Count(string modalities) => modalities.Split('+').Length;

    private static double Mean(MissingModalityRow row) => row.Scores.Average(score => score.Value);

    private double Value(int set, int column)
    {
        if (column == rows.Count) return set == present.Count ? ceilings!.Average() : ceilings![set];
        return set == present.Count ? Mean(rows[column]) : rows[column].Scores[set].Value;
    }

    private IReadOnlyList<string> Cell(int set, int column, double width)
    {
        var value = Score.Text(Value(set, column));
        if (column == rows.Count || set == present.Count || width < 96) return [value];
        var score = rows[column].Scores[set];
        return [value, $"[{Score.Text(score.Low)}, {Score.Text(score.High)}]"];
    }
}
