namespace Affect.Media;

/// <summary>A video stream of a media file.</summary>
public sealed record VideoStreamInfo
{
    /// <summary>The stream's number in the file, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The codec, by ffmpeg's name, as in <c>h264</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>Pixels a stored row.</summary>
    public required int Width { get; init; }

    /// <summary>Stored rows.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures a second on average; null where the file does not say.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>Seconds; null where the file does not say.</summary>
    public double? DurationSeconds { get; init; }
}
