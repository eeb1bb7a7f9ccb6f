namespace Affect.Media;

/// <summary>What a media file holds.</summary>
public sealed record MediaInfo
{
    /// <summary>The container, by ffmpeg's names, as in <c>mov,mp4,m4a,3gp,3g2,mj2</c>.</summary>
    public required string Container { get; init; }

    /// <summary>Seconds; null where the file does not say.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The audio stream that <see cref="IMediaReader.DecodeAudio"/> takes; null without one.</summary>
    public AudioStreamInfo? Audio { get; init; }

    /// <summary>The video stream that <see cref="IMediaReader.DecodeFrames"/> takes; null without one. A song's cover picture does not count.</summary>
    public VideoStreamInfo? Video { get; init; }
}
