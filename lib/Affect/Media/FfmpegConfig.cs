namespace Affect.Media;

/// <summary>Which ffmpeg is run, and how strictly.</summary>
public sealed record FfmpegConfig
{
    /// <summary>The program ffmpeg: a name on the search path, or a path.</summary>
    public string Program { get; init => field = Named(value); } = "ffmpeg";

    /// <summary>The program ffprobe: a name on the search path, or a path.</summary>
    public string ProbeProgram { get; init => field = Named(value); } = "ffprobe";

    /// <summary>How long, in seconds, a child may go without giving or taking a byte before it counts as hung and is ended.</summary>
    public double StallSeconds { get; init => field = Require.Between(0.001, 1e6, value); } = 60;

    /// <summary>How <see cref="IMediaReader.DecodeFrames"/> makes pictures square.</summary>
    public FrameFit FrameFit { get; init; } = FrameFit.Crop;

    /// <summary>True to take what a truncated file still holds; by default such a file is refused, as its labels speak of the whole clip.</summary>
    public bool AcceptTruncated { get; init; }

    private static string Named(string program)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(program);
        return program;
    }
}
