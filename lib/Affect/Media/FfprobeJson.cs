using System.Globalization;
using System.Text.Json;

namespace Affect.Media;

/// <summary>Reads what <c>ffprobe -of json</c> writes.</summary>
internal static class FfprobeJson
{
    /// <exception cref="MediaException">The file has neither audio nor video.</exception>
    internal static MediaInfo Parse(ReadOnlyMemory<byte> json, string path)
    {
        using var document = JsonDocument.Parse(json);
        var format = document.RootElement.GetProperty("format");
        AudioStreamInfo? audio = null;
        VideoStreamInfo? video = null;
        foreach (var stream in document.RootElement.GetProperty("streams").EnumerateArray())
        {
            if (Text(stream, "codec_type") == "audio") audio ??= Audio(stream);
            else if (Text(stream, "codec_type") == "video" && !IsCover(stream)) video ??= Video(stream);
        }
        if (audio is null && video is null) throw new MediaException(path, "expected audio or video, but the file holds neither. Check that it is the right file.");
        return new MediaInfo
        {
            Container = Text(format, "format_name") ?? "unknown",
            DurationSeconds = Number(format, "duration"),
            Audio = audio,
            Video = video,
        };
    }

    private static AudioStreamInfo Audio(JsonElement stream) => new()
    {
        Codec = Text(stream, "codec_name") ?? "unknown",
        SampleRate = (int)(Number(stream, "sample_rate") ?? 0),
        Channels = (int)(Number(stream, "channels") ?? 0),
        DurationSeconds = Number(stream, "duration"),
    };

    private static VideoStreamInfo Video(JsonElement stream) => new()
    {
        Codec = Text(stream, "codec_name") ?? "unknown",
        Width = (int)(Number(stream, "width") ?? 0),
        Height = (int)(Number(stream, "height") ?? 0),
        FramesPerSecond = Ratio(Text(stream, "avg_frame_rate")),
        DurationSeconds = Number(stream, "duration"),
    };

    private static bool IsCover(JsonElement stream) =>
        stream.TryGetProperty("disposition", out var disposition) && Number(disposition, "attached_pic") == 1;

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
