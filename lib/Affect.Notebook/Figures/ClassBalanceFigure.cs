namespace Affect.Notebook.Figures;

/// <summary>How many clips each emotion has.</summary>
public sealed class ClassBalanceFigure : Figure
{
    private const double RowHeight = 26;
    private const double BarHeight = 16;

    private readonly IReadOnlyList<(string Emotion, int Clips)> counts;
    private readonly int speakers;

    /// <summary>A bar per emotion.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="counts">The emotions in the order of their label set, each with its number of clips.</param>
    /// <param name="speakers">How many speakers the clips come from.</param>
    /// <param name="isSynthetic">Whether the clips are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">There are no emotions, or no clips.</exception>
    public ClassBalanceFigure(string title, IReadOnlyList<(string Emotion, int Clips)> counts, int speakers, bool isSynthetic)
        : base(title, isSynthetic, widest: 560)
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
        : this($"How are the emotions balanced in {corpus.Name}?", [.. corpus.Emotions.Zip(corpus.ClassCounts())],
            Math.Max(1, corpus.Speakers.Count), corpus.IsSynthetic)
    {
    }

    /// <inheritdoc/>
    public override string Subtitle => $"{ScoreText.Sample(Total, speakers)}.";

    /// <inheritdoc/>
    public override string Description => $"{Subtitle} {string.Join(", ", counts.Select(count => $"{count.Emotion} {Text(count.Clips)}"))}.";

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        "Clips by emotion", ["emotion", "clips", "share"], counts.Select(count => (string[])[count.Emotion, $"{count.Clips}", Share(count.Clips)]));

    private int Total => counts.Sum(count => count.Clips);

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        var face = TextFace.Value;
        var nameRoom = Math.Min(face.Widest(counts.Select(count => count.Emotion)), canvas.Width * 0.35);
        var left = SvgCanvas.Margin + nameRoom + 8;
        var room = canvas.Width - left - SvgCanvas.Margin - 8 - face.Widest(counts.Select(count => Text(count.Clips)));
        var longest = counts.Max(count => count.Clips);
        top += 10;
        foreach (var (emotion, clips) in counts)
        {
            var width = room * clips / longest;
            canvas.Text(face.Shorten(emotion, nameRoom), left - 8, top + BarHeight - 4, face, TextAnchor.End);
            canvas.Rectangle(left, top, width, BarHeight, Palette.Emotion(emotion));
            canvas.Text(Text(clips), left + width + 8, top + BarHeight - 4, TextFace.Label);
            top += RowHeight;
        }
        canvas.Line(left, top - RowHeight * counts.Count - 4, left, top - 6, Palette.Muted);
        return top + 4;
    }

    /// <inheritdoc/>
    protected override JsonArray Traces(PlotlyTheme theme, JsonObject layout)
    {
        theme.Rows(layout, "clips");
        return
        [
            PlotlyTheme.Trace("bar", PlotlyTheme.Numbers(counts.Select(count => (double)count.Clips)),
                PlotlyTheme.Names(counts.Select(count => count.Emotion)), orientation: "h",
                marker: theme.Bars(counts.Select(count => Palette.Emotion(count.Emotion))), hover: "%{y}: %{x} clips<extra></extra>"),
        ];
    }

    private string Text(int clips) => $"{clips} ({Share(clips)})";

    // A handful of many is little, but not none.
    private string Share(int clips) =>
        clips > 0 && clips < Total / 1000.0 ? "< 0.1 %" : FormattableString.Invariant($"{100.0 * clips / Total:0.#} %");
}
