namespace Affect.Media;

/// <summary>An audio stream of a media file.</summary>
public sealed record AudioStreamInfo
{
    /// <summary>The stream's number in the file, from 0.</summary>
    public int Index { get; init; }

    /// <summary>The codec, by ffmpeg's name, as in <c>aac</c>.</summary>
    public required string Codec { get; init; }

    /// <summary>Hertz.</summary>
    public required int SampleRate { get; init; }

    /// <summary>How many channels.</summary>
    public required int Channels { get; init; }

    /// <summary>Seconds; null where the file does not say.</summary>
    public double? DurationSeconds { get; init; }
}
