namespace Affect.Media;

/// <summary>Reads what <c>ffprobe -of json</c> writes.</summary>
internal static class FfprobeJson
{
    /// <exception cref="MediaException">The file has neither audio nor video.</exception>
    internal static MediaInfo Parse(ReadOnlyMemory<byte> json, string path)
    {
        using var document = JsonDocument.Parse(json);
        var format = document.RootElement.GetProperty("format");
        JsonElement[] streams = [.. document.RootElement.GetProperty("streams").EnumerateArray()];
        var audio = Best(streams, "audio") is { } sound ? Audio(sound) : null;
        var video = Best(streams, "video") is { } picture ? Video(picture) : null;
        if (audio is null && video is null) throw new MediaException(path, "expected audio or video, but the file holds neither. Check that it is the right file.");
        return new MediaInfo
        {
            Container = Text(format, "format_name") ?? "unknown",
            DurationSeconds = Number(format, "duration"),
            Audio = audio,
            Video = video,
        };
    }

    private static JsonElement? Best(JsonElement[] streams, string kind)
    {
        var tracks = streams.Where(stream => Text(stream, "codec_type") == kind && !Is(stream, "attached pic")).ToDictionary(Track);
        return MediaTrack.Best(tracks.Keys) is { } best ? tracks[best] : null;
    }

    private static MediaTrack Track(JsonElement stream) => new(
        Index(stream), Is(stream, "default"), Array.Exists(MediaTrack.AsideMarks, mark => Is(stream, mark)), MediaTrack.IsStillCodec(Text(stream, "codec_name")));

    private static int Index(JsonElement stream) => (int)(Number(stream, "index") ?? 0);

    private static AudioStreamInfo Audio(JsonElement stream) => new()
    {
        Index = Index(stream),
        Codec = Text(stream, "codec_name") ?? "unknown",
        SampleRate = (int)(Number(stream, "sample_rate") ?? 0),
        Channels = (int)(Number(stream, "channels") ?? 0),
        DurationSeconds = Number(stream, "duration"),
    };

    private static VideoStreamInfo Video(JsonElement stream) => new()
    {
        Index = Index(stream),
        Codec = Text(stream, "codec_name") ?? "unknown",
        Width = (int)(Number(stream, "width") ?? 0),
        Height = (int)(Number(stream, "height") ?? 0),
        FramesPerSecond = Ratio(Text(stream, "avg_frame_rate")),
        DurationSeconds = Number(stream, "duration"),
    };

    // ffprobe writes the marks with underscores.
    private static bool Is(JsonElement stream, string mark) =>
        stream.TryGetProperty("disposition", out var disposition) && Number(disposition, mark.Replace(' ', '_')) == 1;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // ffprobe writes some numbers as text.
    private static double? Number(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number) return value.GetDouble();
        return double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    // "30000/1001"; "0/0" where unknown.
    private static double? Ratio(string? text)
    {
        var parts = text?.Split('/') ?? [];
        if (parts.Length != 2) return null;
        return double.TryParse(parts[0], CultureInfo.InvariantCulture, out var above) && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var below) &&
            above > 0 && below > 0
            ? above / below
            : null;
    }
}
