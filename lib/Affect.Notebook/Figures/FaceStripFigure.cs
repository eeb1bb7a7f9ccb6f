namespace Affect.Notebook.Figures;

/// <summary>Pictures of a clip side by side, with the time of each.</summary>
public sealed class FaceStripFigure : Figure
{
    private const double Gap = 6;
    private const double TimeRoom = 24;

    private readonly IReadOnlyList<VideoStill> stills;

    /// <summary>A strip of pictures.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="stills">The pictures in order of time.</param>
    /// <param name="isSynthetic">Whether they are synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">There is no picture.</exception>
    public FaceStripFigure(string title, IReadOnlyList<VideoStill> stills, bool isSynthetic)
        : base(title, isSynthetic) => this.stills = Require.NotEmpty(stills);

    /// <summary>Pictures of a clip, evenly spaced from its beginning to its end.</summary>
    /// <param name="clip">A clip with pictures.</param>
    /// <param name="isSynthetic">Whether its corpus is synthetic.</param>
    /// <param name="count">How many pictures.</param>
    /// <param name="title">What the figure asks or states; null: what the face does.</param>
    /// <exception cref="ArgumentException">The clip has no pictures.</exception>
    /// <exception cref="MediaException">The clip cannot be read.</exception>
    public static FaceStripFigure Of(Clip clip, bool isSynthetic, int count = 6, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        if (clip.VideoPath is not { } path) throw new ArgumentException($"Clip '{clip.Id}' has no pictures.", nameof(clip));
        title ??= $"What does the face do in clip {clip.Id} ({clip.Emotion ?? "unlabelled"})?";
        return new FaceStripFigure(title, VideoStill.Of(path, count), isSynthetic);
    }

    /// <inheritdoc/>
    public override string Subtitle => $"{ScoreText.Count(stills.Count, "picture")} from {Time(stills[0])} to {Time(stills[^1])}.";

    /// <inheritdoc/>
    public override string Description => $"{Subtitle} Times: {string.Join(", ", stills.Select(Time))}.";

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        "The pictures' times", ["picture", "time"], stills.Select((still, index) => (string[])[$"{index + 1}", Time(still)]));

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        var room = canvas.Width - 2 * SvgCanvas.Margin;
        // As many a row as keep the pictures recognisable, and no more rows than that needs.
        var most = Math.Max(1, (int)((room + Gap) / (90 + Gap)));
        var rows = (stills.Count + most - 1) / most;
        var columns = (stills.Count + rows - 1) / rows;
        var side = Math.Min(2 * stills.Max(still => still.Size), Math.Floor((room - Gap * (columns - 1)) / columns));
        top += 8;
        foreach (var (index, still) in stills.Index())
        {
            var (x, y) = (SvgCanvas.Margin + index % columns * (side + Gap), top + index / columns * (side + TimeRoom));
            canvas.Image(x, y, side, side, $"data:image/jpeg;base64,{Convert.ToBase64String(still.Jpeg)}");
            canvas.Text(Time(still), x + side / 2, y + side + 15, TextFace.Label, TextAnchor.Middle);
        }
        return top + rows * (side + TimeRoom) + 2;
    }

    private static string Time(VideoStill still) => FormattableString.Invariant($"{still.Seconds:0.0} s");
}
