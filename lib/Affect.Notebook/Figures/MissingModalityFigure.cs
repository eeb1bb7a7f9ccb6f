namespace Affect.Notebook.Figures;

/// <summary>What models trained on several modalities score when only some are there: a row a set of modalities, a column a model.</summary>
public sealed class MissingModalityFigure : Figure
{
    private const double CellHeight = 40;

    private readonly int clips;
    private readonly int speakers;
    private readonly IReadOnlyList<ScoreSeries> models;
    private readonly string[] sets;
    private readonly (string Name, double[] Values)[] columns;

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
        string title, IReadOnlyList<string> present, IReadOnlyList<ScoreSeries> rows, int clips, int speakers, bool isSynthetic,
        IReadOnlyList<double>? ceilings = null)
        : base(title, isSynthetic)
    {
        var count = Require.NotEmpty(present).Count;
        models = Require.NotEmpty(rows);
        foreach (var row in rows)
        {
            if (row.Scores.Count != count)
                throw new ArgumentException(
                    $"Row \"{row.Name}\" must have a score for each of {count} sets of modalities, but has {row.Scores.Count}.", nameof(rows));
            foreach (var score in row.Scores) ScoreText.RequireFinite(score, $"Row \"{row.Name}\"", nameof(rows));
        }
        if (ceilings is not null && ceilings.Count != count)
            throw new ArgumentException($"ceilings must be one for each of {count} sets of modalities, but are {ceilings.Count}.", nameof(ceilings));
        (this.clips, this.speakers) = (Require.AtLeast(1, clips, nameof(clips)), Require.AtLeast(1, speakers, nameof(speakers)));
        sets = [.. present, "mean"];
        columns = [.. rows.Select(row => Column(row.Name, [.. row.Scores.Select(score => score.Value)]))];
        if (ceilings is not null) columns = [.. columns, Column("ceiling", ceilings)];

        static (string Name, double[] Values) Column(string name, IReadOnlyList<double> values) => (name, [.. values, values.Average()]);
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
        string[] shownSets = [.. shown.Select(result => result.Present).Distinct().OrderBy(Count)
            .ThenBy(name => shown.FindIndex(result => result.Present == name))];
        var variants = shown.GroupBy(result => result.Variant)
            .Select(variant => new ScoreSeries(variant.Key, [.. shownSets.Select(set => Scored(variant, set))]));
        double[] ceilings = [.. shownSets.Select(set => shown.First(result => result.Present == set).Ceiling).OfType<double>()];
        var (first, names) = (shown[0].Decisions, shownSets.Select(set => set.Replace("+", " + ", StringComparison.Ordinal)));
        return new MissingModalityFigure(
            title, [.. names], [.. variants], first.Clips.Count, first.Speakers.Distinct().Count(), shown[0].IsSynthetic,
            ceilings.Length == shownSets.Length ? ceilings : null);

        Interval Scored(IGrouping<string, RunResult> variant, string set) =>
            variant.Where(result => result.Present == set).Select(run => run.Decisions).ToArray() is { Length: > 0 } runs
            ? Decisions.Score(runs)
            : throw new ArgumentException($"'{variant.Key}' must have been shown every set of modalities that others were, but not '{set}'.",
                nameof(results));
    }

    /// <inheritdoc/>
    public override string Subtitle => $"WAF (weighted F1), {ScoreText.Sample(clips, speakers)}. Rows: what was there; the rest was missing.";

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var means = models.Zip(columns, (model, column) =>
            {
                var bySet = sets.Zip(model.Scores, (set, score) => $"{set} {ScoreText.Of(score)}");
                return $"{model.Name}: mean over all sets {ScoreText.Of(column.Values[^1])}, {string.Join(", ", bySet)}.";
            });
            return $"{Subtitle} {string.Join(" ", means)}";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        "WAF by what was there, with 95 % intervals", ["there", .. columns.Select(column => column.Name)],
        sets.Select((name, set) => (string[])[name,
            .. columns.Select((column, place) => Score(set, place) is { } score ? ScoreText.Of(score) : ScoreText.Of(column.Values[set]))]));

    private HeatMap Map => new(sets.Length, columns.Length, (set, column) => columns[column].Values[set]);

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        // One row a set: sets are many and their names long, models are few.
        var face = TextFace.Value;
        var nameRoom = Math.Min(face.Widest(sets), canvas.Width * 0.28);
        var left = SvgCanvas.Margin + nameRoom + 10;
        var width = Math.Min((canvas.Width - left - SvgCanvas.Margin) / columns.Length, 150);
        var heads = columns.Select(column => face.Wrap(column.Name, width - 8)).ToList();
        var headLines = heads.Max(lines => lines.Count);
        foreach (var (column, lines) in heads.Index())
            canvas.Lines(lines, left + (column + 0.5) * width, top + 16 + (headLines - lines.Count) * face.LineHeight, face, TextAnchor.Middle);
        top = Math.Round(top + 16 + headLines * face.LineHeight - 4);
        Map.Draw(canvas, left, top, width, CellHeight, (set, column) => width >= 96 && Score(set, column) is { } score
            ? [ScoreText.Of(score.Value), $"[{ScoreText.Of(score.Low)}, {ScoreText.Of(score.High)}]"]
            : [ScoreText.Of(columns[column].Values[set])]);
        foreach (var (row, name) in sets.Index())
            canvas.LinesAround(face.Wrap(name, nameRoom), left - 10, top + (row + 0.5) * CellHeight, face, TextAnchor.End);
        return HeatMap.Legend(canvas, left, top + CellHeight * sets.Length + 14, width * columns.Length, "0", "1", "WAF");
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        var trace = Map.Trace(theme, layout, "trained", "there", "%{x}, %{y}: %{z:.3f}<extra></extra>");
        trace["x"] = PlotlyTheme.Names(columns.Select(column => column.Name));
        trace["y"] = PlotlyTheme.Names(sets);
        return [trace];
    }

    // Means and ceilings have no interval.
    private Interval? Score(int set, int column) => column < models.Count && set < models[column].Scores.Count ? models[column].Scores[set] : null;

    private static int Count(string modalities) => modalities.Split('+').Length;
}
