namespace Affect.Notebook.Figures;

/// <summary>Which emotions are recognised how well: the F1 of each, with its interval, of one system or a few.</summary>
public sealed class ClassScoreFigure : Figure
{
    private const double Step = 18;
    private const double Gap = 12;

    private readonly IReadOnlyList<(string Emotion, int Clips)> emotions;
    private readonly IReadOnlyList<ClassScoreSeries> series;
    private readonly int speakers;

    /// <summary>A group of dots per emotion.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="emotions">The emotions in the order of their label set, each with its number of held-out clips.</param>
    /// <param name="series">The systems, at most five; each with a score per emotion.</param>
    /// <param name="speakers">How many speakers the clips come from.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">There is no emotion or no system, or a system has not one score per emotion.</exception>
    public ClassScoreFigure(string title, IReadOnlyList<(string Emotion, int Clips)> emotions, IReadOnlyList<ClassScoreSeries> series, int speakers, bool isSynthetic)
        : base(title, isSynthetic)
    {
        this.emotions = Require.NotEmpty(emotions);
        this.series = Require.NotEmpty(series);
        Require.Between(1, 5, series.Count, nameof(series));
        foreach (var one in series)
        {
            if (one.Scores.Count != emotions.Count) throw new ArgumentException($"series must have a score for each of {emotions.Count} emotions, but '{one.Name}' has {one.Scores.Count}.", nameof(series));
            foreach (var score in one.Scores) Score.RequireFinite(score, $"System \"{one.Name}\"", nameof(series));
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
        return new ClassScoreFigure(title, [.. counts], [.. systems.Select(system => ClassScoreSeries.Of(system.Name, system.Runs))], first.Speakers.Distinct(StringComparer.Ordinal).Count(), isSynthetic);
    }

    /// <inheritdoc/>
    public override string Subtitle => string.Create(CultureInfo.InvariantCulture,
        $"n = {Score.Count(emotions.Sum(emotion => emotion.Clips), "held-out clip")} of {Score.Count(speakers, "speaker")}. Bars: 95 % intervals over speakers.");

    /// <inheritdoc/>
    public override string Description =>
        $"F1 by emotion. {Subtitle} {string.Join(" ", series.Select(one => $"{one.Name}: {string.Join(", ", emotions.Zip(one.Scores, (emotion, score) => $"{emotion.Emotion} {Score.Text(score)}"))}."))}";

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = "F1 by emotion, with 95 % intervals",
        Columns = ["emotion", "clips", .. series.Select(one => one.Name)],
        Rows = [.. emotions.Select((emotion, row) => (string[])[emotion.Emotion, emotion.Clips.ToString(CultureInfo.InvariantCulture), .. series.Select(one => Score.Text(one.Scores[row]))])],
    };

    internal override double WidestUseful => 720;

    internal override double Draw(SvgCanvas canvas, double top)
    {
        var face = TextFace.Value;
        string[] clips = [.. emotions.Select(emotion => Score.Count(emotion.Clips, "clip"))];
        var nameRoom = Math.Min(Math.Max(TextMetrics.Widest(emotions.Select(emotion => emotion.Emotion), face.Size), TextMetrics.Widest(clips, TextFace.Label.Size)), canvas.Width * 0.3);
        var left = FigureHead.Margin + nameRoom + 12;
        var x = new LinearScale(0, 1, left, canvas.Width - FigureHead.Margin - 6 - TextMetrics.Widest(["0.000"], TextFace.Label.Size));
        if (series.Count > 1) top = MarkNames.Legend(canvas, series.Select((one, index) => new NamedMark(one.Name, 0, Palette.Series(index), index)), top + 4) + 4;
        var height = Math.Max(series.Count * Step, 30) + Gap;
        var bottom = top + emotions.Count * height;
        foreach (var tick in x.Ticks(LinearScale.RoundStep(1, canvas.Width >= 480 ? 6 : 3)))
        {
            canvas.Line(x.At(tick), top, x.At(tick), bottom, tick == 0 ? Palette.Muted : Palette.Grid);
            canvas.Text(tick.ToString("0.0#", CultureInfo.InvariantCulture), x.At(tick), bottom + 16, TextFace.Label, TextAnchor.Middle);
        }
        foreach (var (row, (emotion, _)) in emotions.Index())
        {
            var centre = top + (row + 0.5) * height;
            canvas.Text(face.Shorten(emotion, nameRoom), left - 12, centre - 2, face, TextAnchor.End);
            canvas.Text(clips[row], left - 12, centre + 13, TextFace.Label, TextAnchor.End);
            foreach (var (index, one) in series.Index())
            {
                var y = centre + (index - (series.Count - 1) / 2.0) * Step;
                var (score, colour) = (one.Scores[row], Palette.Series(index));
                canvas.Line(x.At(score.Low), y, x.At(score.High), y, colour, 2);
                canvas.Marker(index, x.At(score.Value), y, 4.5, colour);
                canvas.Text(Score.Text(score.Value), canvas.Width - FigureHead.Margin, y + 4, TextFace.Label, TextAnchor.End);
            }
        }
        canvas.Text("F1", (x.FromPixel + x.ToPixel) / 2, bottom + 34, TextFace.Label, TextAnchor.Middle);
        return bottom + 44;
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis("F1");
        layout["xaxis"]!["range"] = new JsonArray(0, 1);
        layout["yaxis"] = new JsonObject { ["autorange"] = "reversed", ["automargin"] = true };
        layout["scattermode"] = "group";
        return [.. series.Select((one, index) => (JsonNode)new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["name"] = one.Name,
            ["orientation"] = "h",
            ["x"] = PlotlyTheme.Numbers(one.Scores.Select(score => score.Value)),
            ["y"] = PlotlyTheme.Names(emotions.Select(emotion => emotion.Emotion)),
            ["error_x"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["width"] = 0,
                ["array"] = PlotlyTheme.Numbers(one.Scores.Select(score => score.High - score.Value)),
                ["arrayminus"] = PlotlyTheme.Numbers(one.Scores.Select(score => score.Value - score.Low)),
            },
            ["marker"] = new JsonObject { ["color"] = theme.Of(Palette.Series(index)), ["size"] = 10 },
            ["hovertemplate"] = "%{y}: %{x:.3f}<extra>%{fullData.name}</extra>",
        })];
    }
}
