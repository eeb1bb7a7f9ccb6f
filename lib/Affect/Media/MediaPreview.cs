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
        cancellation = Interruption.Or(cancellation);
        config ??= new MediaPreviewConfig();
        var info = new Ffmpeg().Probe(path, cancellation);
        using (var stream = MediaPath.OpenRead(path)) RiffWave.TryOpen(stream, path)?.RequireWhole(acceptTruncated: true);
        var seconds = Math.Min(config.Seconds, info.DurationSeconds ?? config.Seconds);
        var mimeType = info.Video is null ? "audio/mpeg" : "video/mp4";
        while (true)
        {
            var bytes = Encode(path, seconds, config, info, changes: false, cancellation);
            if (bytes.Length <= config.MostBytes || seconds < 0.2)
                return new MediaPreview { Bytes = bytes, MimeType = mimeType, Seconds = seconds, FullSeconds = info.DurationSeconds };
            seconds *= Math.Min(0.9, 0.95 * config.MostBytes / bytes.Length);
        }
    }

    private static byte[] Encode(string path, double seconds, MediaPreviewConfig config, MediaInfo info, bool changes, CancellationToken cancellation)
    {
        var output = FfmpegProcess.Run(
            new FfmpegConfig(), FfmpegArguments.Preview(path, seconds, config, info, changes), path, cancellation, until: log => !changes
                && log.PicturesChange);
        if (!changes && output.Log.PicturesChange) return Encode(path, seconds, config, info, changes: true, cancellation);
        if (output.ExitCode != 0 || output.Bytes.Length == 0)
            throw new MediaException(
                path, $"no preview could be made: {output.Log.Summary()}. Install an ffmpeg with libx264 and libmp3lame; ./lab setup does.");
        return output.Bytes.ToArray();
    }
}
