namespace Affect.Notebook.Figures;

/// <summary>How many clips each emotion has.</summary>
public sealed class ClassBalanceFigure : Figure
{
    private readonly IReadOnlyList<(string Emotion, int Clips)> counts;
    private readonly int speakers;

    /// <summary>A bar per emotion.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="counts">The emotions in the order of their label set, each with its number of clips.</param>
    /// <param name="speakers">How many speakers the clips come from.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">There are no emotions, or no clips.</exception>
    public ClassBalanceFigure(string title, IReadOnlyList<(string Emotion, int Clips)> counts, int speakers, bool isSynthetic)
        : base(title, isSynthetic)
    {
        ArgumentNullException.ThrowIfNull(counts);
        foreach (var (_, clips) in counts) Require.AtLeast(0, clips, nameof(counts));
        if (counts.Sum(count => count.Clips) == 0) throw new ArgumentException("counts must hold at least one clip, but holds none.", nameof(counts));
        this.counts = counts;
        this.speakers = Require.AtLeast(1, speakers, nameof(speakers));
    }

    /// <summary>A bar per emotion of a corpus's labelled clips.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <exception cref="ArgumentException">No clip is labelled.</exception>
    public ClassBalanceFigure(Corpus corpus)
        : this($"How are the emotions balanced in {Checked(corpus).Name}?", [.. corpus.Emotions.Zip(corpus.ClassCounts())], Math.Max(1, corpus.Speakers.Count), corpus.IsSynthetic)
    {
    }

    /// <inheritdoc/>
    public override string Subtitle => string.Create(CultureInfo.InvariantCulture, $"n = {Score.Count(Total, "clip")} of {Score.Count(speakers, "speaker")}.");

    /// <inheritdoc/>
    public override string Description => $"{Subtitle} {string.Join(", ", counts.Select(count => $"{count.Emotion} {Text(count.Clips)}"))}.";

    /// <inheritdoc/>
    public override FigureTable Table => new()
    {
        Caption = "Clips by emotion",
        Columns = ["emotion", "clips", "share"],
        Rows = [.. counts.Select(count => (string[])[count.Emotion, count.Clips.ToString(CultureInfo.InvariantCulture), Share(count.Clips)])],
    };

    internal override double WidestUseful => 560;

    private int Total => counts.Sum(count => count.Clips);

    internal override double Draw(SvgCanvas canvas, double top)
    {
        const double rowHeight = 26;
        const double barHeight = 16;
        var face = TextFace.Value;
        var nameRoom = Math.Min(TextMetrics.Widest(counts.Select(count => count.Emotion), face.Size), canvas.Width * 0.35);
        var left = FigureHead.Margin + nameRoom + 8;
        var room = canvas.Width - left - FigureHead.Margin - 8 - TextMetrics.Widest(counts.Select(count => Text(count.Clips)), face.Size);
        var longest = counts.Max(count => count.Clips);
        top += 10;
        foreach (var (emotion, clips) in counts)
        {
            var width = room * clips / longest;
            canvas.Text(face.Shorten(emotion, nameRoom), left - 8, top + barHeight - 4, face, TextAnchor.End);
            canvas.Rectangle(left, top, width, barHeight, Palette.Emotion(emotion));
            canvas.Text(Text(clips), left + width + 8, top + barHeight - 4, TextFace.Label);
            top += rowHeight;
        }
        canvas.Line(left, top - rowHeight * counts.Count - 4, left, top - 6, Palette.Muted);
        return top + 4;
    }

    internal override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        layout["xaxis"] = theme.Axis("clips");
        layout["yaxis"] = new JsonObject { ["autorange"] = "reversed", ["automargin"] = true };
        return
        [
            new JsonObject
            {
                ["type"] = "bar", ["orientation"] = "h",
                ["x"] = PlotlyTheme.Numbers(counts.Select(count => (double)count.Clips)),
                ["y"] = PlotlyTheme.Names(counts.Select(count => count.Emotion)),
                ["marker"] = new JsonObject { ["color"] = new JsonArray([.. counts.Select(count => (JsonNode)theme.Of(Palette.Emotion(count.Emotion)))]) },
                ["hovertemplate"] = "%{y}: %{x} clips<extra></extra>",
            },
        ];
    }

    private static Corpus Checked(Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return corpus;
    }

    private string Text(int clips) => $"{clips.ToString(CultureInfo.InvariantCulture)} ({Share(clips)})";

    // A handful of many is little, but not none.
    private string Share(int clips) => clips > 0 && clips < Total / 1000.0 ? "< 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * clips / Total:0.#} %");
}
