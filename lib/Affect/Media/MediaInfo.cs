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

    /// <summary>The video stream that <see cref="IMediaReader.DecodeFrames"/> takes; null without one, as for a song with a cover.</summary>
    public VideoStreamInfo? Video { get; init; }

    /// <summary>How long the pictures are, in seconds.</summary>
    /// <exception cref="MediaException">There are none, or the file does not say.</exception>
    internal double RequirePictureSeconds(string path, string advice)
    {
        if (Video is null) throw new MediaException(path, "expected video, but the file holds only audio. Use a clip with video.");
        return (Video.DurationSeconds ?? DurationSeconds) is > 0 and var seconds
            ? seconds
            : throw new MediaException(path, $"the file does not say how long it is, so its parts cannot be told. {advice}");
    }
}
