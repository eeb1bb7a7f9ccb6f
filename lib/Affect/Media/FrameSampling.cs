namespace Affect.Media;

/// <summary>Which pictures of a clip are looked at: so many a second, or so many in all, evenly spaced.</summary>
public sealed record FrameSampling
{
    private FrameSampling()
    {
    }

    /// <summary>Pictures a second; null where a number in all is asked for.</summary>
    public double? FramesPerSecond { get; private init; }

    /// <summary>Pictures in all; null where a rate is asked for.</summary>
    public int? Count { get; private init; }

    /// <summary>The most pictures of one clip; of a longer one, so many evenly spaced ones are kept.</summary>
    public int MaximumFrames { get; init => field = Require.Between(1, 4096, value); } = 64;

    /// <summary>So many pictures a second, the first at the start of the clip.</summary>
    /// <param name="framesPerSecond">0.001 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate lies outside.</exception>
    public static FrameSampling PerSecond(double framesPerSecond) =>
        new() { FramesPerSecond = Require.Between(0.001, 1000, framesPerSecond, nameof(framesPerSecond)) };

    /// <summary>So many pictures from the middles of equal parts of the clip; a clip that has fewer gives those that it has.</summary>
    /// <param name="count">1 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number lies outside.</exception>
    public static FrameSampling Uniform(int count) => new() { Count = Require.Between(1, 4096, count, nameof(count)) };

    /// <summary>Decodes a clip's pictures.</summary>
    /// <param name="media">Reads the clip.</param>
    /// <param name="path">The file.</param>
    /// <param name="size">Width and height of each picture, in pixels.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>At least one picture.</returns>
    /// <exception cref="MediaException">The file cannot be read, has no pictures, or does not say how long it is.</exception>
    public VideoFrames Sample(IMediaReader media, string path, int size, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentNullException.ThrowIfNull(media);
        if (FramesPerSecond is { } rate) return Thin(media.DecodeFrames(path, rate, size, cancellation), MaximumFrames);
        var count = Math.Min(Count!.Value, MaximumFrames);
        var seconds = media.Probe(path, cancellation).RequirePictureSeconds(path, "Convert it to mp4, or ask for a rate.");
        // Every second one of twice as many pictures stands in the middle of its part.
        var frames = media.DecodeFrames(path, 2 * count / seconds, size, cancellation);
        return frames.Count == 1 ? frames : Keep(frames, [.. Enumerable.Range(0, frames.Count).Where(frame => frame % 2 == 1).Take(count)]);
    }

    /// <summary>As in <c>5 a second, at most 64</c>; part of what features are known by.</summary>
    public override string ToString() => FramesPerSecond is { } rate
        ? string.Create(CultureInfo.InvariantCulture, $"{rate} a second, at most {MaximumFrames}")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Min(Count!.Value, MaximumFrames)} in all");

    private static VideoFrames Thin(VideoFrames frames, int most) => frames.Count <= most
        ? frames
        : Keep(frames, [.. Enumerable.Range(0, most).Select(index => (int)((index + 0.5) * frames.Count / most))]);

    private static VideoFrames Keep(VideoFrames frames, int[] indices)
    {
        var size = frames.Size * frames.Size * 3;
        var pixels = new byte[indices.Length * size];
        foreach (var (place, index) in indices.Index()) frames[index].CopyTo(pixels.AsSpan(place * size));
        return new VideoFrames(pixels, frames.Size, frames.FramesPerSecond * indices.Length / frames.Count);
    }
}
