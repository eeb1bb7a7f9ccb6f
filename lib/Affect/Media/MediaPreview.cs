namespace Affect.Media;

/// <summary>A small copy of a recording, for listening and looking in a page: mp3, or mp4 (H.264 and AAC) where there are pictures.</summary>
public sealed record MediaPreview
{
    private MediaPreview()
    {
    }

    /// <summary>The file.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary><c>audio/mpeg</c> or <c>video/mp4</c>.</summary>
    public required string MimeType { get; init; }

    /// <summary>Seconds of the recording that the preview holds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of the recording; null where it does not say.</summary>
    public double? FullSeconds { get; init; }

    /// <summary>Makes a preview. The same recording gives the same bytes with the same ffmpeg.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="config">How small; the defaults where left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="MediaException">The file cannot be read, or ffmpeg lacks libmp3lame or libx264.</exception>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    public static MediaPreview Of(string path, MediaPreviewConfig? config = null, CancellationToken cancellation = default)
    {
        config ??= new MediaPreviewConfig();
        var info = new Ffmpeg().Probe(path, cancellation);
        using (var stream = MediaPath.OpenRead(path)) WaveHeader.TryRead(stream)?.RequireWhole(path, acceptTruncated: true);
        if (info.Audio is null && info.Video is null) throw new MediaException(path, "expected sound or pictures, but the file holds neither.");
        var seconds = Math.Min(config.Seconds, info.DurationSeconds ?? config.Seconds);
        while (true)
        {
            var bytes = Encode(path, seconds, config, info, changes: false, cancellation);
            if (bytes.Length <= config.MostBytes || seconds < 0.2)
                return new MediaPreview { Bytes = bytes, MimeType = info.Video is null ? "audio/mpeg" : "video/mp4", Seconds = seconds, FullSeconds = info.DurationSeconds };
            seconds *= Math.Min(0.9, 0.95 * config.MostBytes / bytes.Length);
        }
    }

    private static byte[] Encode(string path, double seconds, MediaPreviewConfig config, MediaInfo info, bool changes, CancellationToken cancellation)
    {
        var tools = new FfmpegConfig();
        using var child = new FfmpegProcess(
            tools.Program, FfmpegArguments.Preview(path, seconds, config, info, changes), path, tools.StallSeconds, feeds: false, cancellation);
        using var output = new PipeBuffer();
        output.Fill(child, most: 1L << 30, until: () => !changes && child.Log.PicturesChange);
        var exitCode = !changes && child.Log.PicturesChange ? 0 : child.WaitForExit();
        if (!changes && child.Log.PicturesChange) return Encode(path, seconds, config, info, changes: true, cancellation);
        if (exitCode != 0 || output.Length == 0)
            throw new MediaException(path, $"no preview could be made: {child.Log.Summary()}. Install an ffmpeg with libx264 and libmp3lame; ./lab setup does.");
        var bytes = new byte[output.Length];
        output.CopyTo(bytes);
        return bytes;
    }
}
