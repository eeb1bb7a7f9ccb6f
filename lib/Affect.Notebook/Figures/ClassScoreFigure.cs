namespace Affect.Notebook.Figures;

/// <summary>Which emotions are recognised how well: the F1 of each, with its interval, of one system or a few.</summary>
public sealed class ClassScoreFigure : Figure
{
    private const double Step = 18;
    private const double Gap = 12;

    private readonly IReadOnlyList<(string Emotion, int Clips)> emotions;
    private readonly IReadOnlyList<ScoreSeries> series;
    private readonly int speakers;

    /// <summary>A group of dots per emotion.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="emotions">The emotions in the order of their label set, each with its number of held-out clips.</param>
    /// <param name="series">The systems, at most five; each with a score per emotion.</param>
    /// <param name="speakers">How many speakers the clips come from.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">There is no emotion or no system, or a system has not one score per emotion.</exception>
    public ClassScoreFigure(string title, IReadOnlyList<(string Emotion, int Clips)> emotions, IReadOnlyList<ScoreSeries> series, int speakers,
        bool isSynthetic)
        : base(title, isSynthetic, widest: 720)
    {
        this.emotions = Require.NotEmpty(emotions);
        this.series = Require.NotEmpty(series);
        Require.Between(1, 5, series.Count, nameof(series));
        foreach (var one in series)
        {
            if (one.Scores.Count != emotions.Count)
                throw new ArgumentException(
                    $"series must have a score for each of {emotions.Count} emotions, but '{one.Name}' has {one.Scores.Count}.", nameof(series));
            foreach (var score in one.Scores) ScoreText.RequireFinite(score, $"System \"{one.Name}\"", nameof(series));
        }
        this.speakers = Require.AtLeast(1, speakers, nameof(speakers));
    }

    /// <summary>F1 by emotion of what systems decided on the same clips.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="systems">The systems' names and their runs, as of several seeds.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">There is no system, or the runs of one are not of the same clips.</exception>
    public static ClassScoreFigure Of(string title, IReadOnlyList<(string Name, IReadOnlyList<Decisions> Runs)> systems, bool isSynthetic)
    {
        var first = Require.NotEmpty(systems)[0].Runs[0];
        var counts = first.Classes.Select((name, label) => (name, first.Target.Count(other => other == label)));
        var scored = systems.Select(system => new ScoreSeries(system.Name, Decisions.F1(system.Runs)));
        return new ClassScoreFigure(title, [.. counts], [.. scored], first.Speakers.Distinct(StringComparer.Ordinal).Count(), isSynthetic);
    }

    /// <inheritdoc/>
    public override string Subtitle =>
        $"{ScoreText.Sample(emotions.Sum(emotion => emotion.Clips), speakers, "held-out clip")}. Bars: 95 % intervals over speakers.";

    /// <inheritdoc/>
    public override string Description
    {
        get
        {
            var systems = series.Select(one =>
                $"{one.Name}: {string.Join(", ", emotions.Zip(one.Scores, (emotion, score) => $"{emotion.Emotion} {ScoreText.Of(score)}"))}.");
            return $"F1 by emotion. {Subtitle} {string.Join(" ", systems)}";
        }
    }

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        "F1 by emotion, with 95 % intervals", ["emotion", "clips", .. series.Select(one => one.Name)],
        emotions.Select((emotion, row) => (string[])[emotion.Emotion, $"{emotion.Clips}", .. series.Select(one => ScoreText.Of(one.Scores[row]))]));

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        var (face, label) = (TextFace.Value, TextFace.Label);
        string[] clips = [.. emotions.Select(emotion => ScoreText.Count(emotion.Clips, "clip"))];
        var nameRoom = Math.Min(Math.Max(face.Widest(emotions.Select(emotion => emotion.Emotion)), label.Widest(clips)), canvas.Width * 0.3);
        var left = SvgCanvas.Margin + nameRoom + 12;
        var x = new LinearScale(0, 1, left, canvas.Width - SvgCanvas.Margin - 6 - label.Width("0.000"));
        if (series.Count > 1) top = MarkNames.Legend(canvas, series.Select((one, index) => new NamedMark(one.Name, 0, Palette.Series(index), index)), top + 4) + 4;
        var height = Math.Max(series.Count * Step, 30) + Gap;
        var bottom = top + emotions.Count * height;
        Axes.Across(canvas, x, top, bottom, canvas.Width >= 480 ? 6 : 3);
        foreach (var (row, (emotion, _)) in emotions.Index())
        {
            var centre = top + (row + 0.5) * height;
            canvas.Text(face.Shorten(emotion, nameRoom), left - 12, centre - 2, face, TextAnchor.End);
            canvas.Text(clips[row], left - 12, centre + 13, label, TextAnchor.End);
            foreach (var (index, one) in series.Index())
            {
                var y = centre + (index - (series.Count - 1) / 2.0) * Step;
                canvas.Score(x, one.Scores[row], y, index, Palette.Series(index));
                canvas.Text(ScoreText.Of(one.Scores[row].Value), canvas.Width - SvgCanvas.Margin, y + 4, label, TextAnchor.End);
            }
        }
        Axes.Name(canvas, x, bottom + 34, "F1");
        return bottom + Axes.Height;
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        theme.Rows(layout, "F1", top: 1);
        layout["scattermode"] = "group";
        return
        [
            .. series.Select((one, index) => PlotlyTheme.Trace(
                "scatter", PlotlyTheme.Numbers(one.Scores.Select(score => score.Value)),
                PlotlyTheme.Names(emotions.Select(emotion => emotion.Emotion)),
                mode: "markers", orientation: "h", name: one.Name, xErrors: PlotlyTheme.Errors(one.Scores),
                marker: theme.Markers(Palette.Series(index), 10),
                hover: "%{y}: %{x:.3f}<extra>%{fullData.name}</extra>")),
        ];
    }
}
