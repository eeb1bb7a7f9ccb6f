namespace Affect.Media;

/// <summary>Reads what <c>ffprobe -of json</c> writes.</summary>
internal static class FfprobeJson
{
    // ffprobe writes some numbers as text.
    private static readonly JsonSerializerOptions Options =
        new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString };

    /// <exception cref="MediaException">The file has neither audio nor video.</exception>
    internal static MediaInfo Parse(ReadOnlySpan<byte> json, string path)
    {
        var report = JsonSerializer.Deserialize<Report>(json, Options)!;
        var (sound, picture) = (Best(report.Streams, "audio"), Best(report.Streams, "video"));
        if (sound is null && picture is null)
            throw new MediaException(path, "expected audio or video, but the file holds neither. Check that it is the right file.");
        return new MediaInfo
        {
            Container = report.Format.FormatName ?? "unknown",
            DurationSeconds = report.Format.Duration,
            Audio = sound is null ? null : new AudioStreamInfo
            {
                Index = sound.Index,
                Codec = sound.CodecName ?? "unknown",
                SampleRate = sound.SampleRate,
                Channels = sound.Channels,
                DurationSeconds = sound.Duration,
            },
            Video = picture is null ? null : new VideoStreamInfo
            {
                Index = picture.Index,
                Codec = picture.CodecName ?? "unknown",
                Width = picture.Width,
                Height = picture.Height,
                FramesPerSecond = Ratio(picture.AvgFrameRate),
                DurationSeconds = picture.Duration,
            },
        };
    }

    private static Track? Best(IEnumerable<Track> streams, string kind)
    {
        var tracks = streams.Where(stream => stream.CodecType == kind && !stream.Is("attached pic")).ToDictionary(stream => new MediaTrack(
            stream.Index, stream.Is("default"), Array.Exists(MediaTrack.AsideMarks, stream.Is), MediaTrack.IsStillCodec(stream.CodecName)));
        return MediaTrack.Best(tracks.Keys) is { } best ? tracks[best] : null;
    }

    // "30000/1001"; "0/0" where unknown.
    private static double? Ratio(string? text) =>
        text?.Split('/') is [var above, var below] && double.TryParse(above, CultureInfo.InvariantCulture, out var a) && a > 0
        && double.TryParse(below, CultureInfo.InvariantCulture, out var b) && b > 0 ? a / b : null;

    private sealed record Report(Container Format, Track[] Streams);

    private sealed record Container(string? FormatName, double? Duration);

    private sealed record Track(int Index, string? CodecType, string? CodecName, int SampleRate, int Channels, int Width, int Height,
        string? AvgFrameRate, double? Duration, Dictionary<string, int>? Disposition)
    {
        // ffprobe writes the marks with underscores.
        internal bool Is(string mark) => Disposition?.GetValueOrDefault(mark.Replace(' ', '_')) == 1;
    }
}
