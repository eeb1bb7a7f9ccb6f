namespace Affect.Media;

/// <summary>One small picture of a recording, as JPEG.</summary>
public sealed record VideoStill
{
    /// <summary>When it is on screen, in seconds from the start.</summary>
    public required double Seconds { get; init; }

    /// <summary>Width and height, in pixels.</summary>
    public required int Size { get; init; }

    /// <summary>The file.</summary>
    public required byte[] Jpeg { get; init; }

    /// <summary>Square pictures from the middles of equal parts of a recording.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="count">How many pictures; fewer come where the recording has fewer.</param>
    /// <param name="size">Width and height, in pixels.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="MediaException">The file cannot be read, has no pictures, or does not say how long it is.</exception>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    public static IReadOnlyList<VideoStill> Of(string path, int count = 6, int size = 96, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        Require.Between(1, 64, count, nameof(count));
        Require.Between(8, 1024, size, nameof(size));
        var info = new Ffmpeg().Probe(path, cancellation);
        var seconds = info.RequirePictureSeconds(path, "Convert it to mp4.");
        // Every second one of twice as many pictures stands in the middle of its part.
        var rate = 2 * count / seconds;
        var pictures = Split(Read(path, rate, size, FfmpegArguments.Track(info.Video!.Index), cancellation));
        if (pictures.Count == 0) throw new MediaException(path, "no picture could be decoded: the file is damaged, or this ffmpeg lacks the codec.");
        var all = pictures.Select((jpeg, index) => new VideoStill { Seconds = index / rate, Size = size, Jpeg = jpeg }).ToArray();
        return all.Length == 1 ? all : [.. all.Where((_, index) => index % 2 == 1).Take(count)];
    }

    private static ReadOnlySpan<byte> Read(string path, double rate, int size, string track, CancellationToken cancellation)
    {
        var output = FfmpegProcess.Run(
            new FfmpegConfig(), FfmpegArguments.Stills(path, rate, size, track), path, cancellation, until: log => log.PicturesChange);
        if (output.ExitCode != 0) throw MediaFault.Unreadable(path, output.Log);
        if (!output.Log.PicturesChange) return output.Bytes.Span;
        var pictures = new Ffmpeg().DecodeFrames(path, rate, size, cancellation);
        output = FfmpegProcess.Run(new FfmpegConfig(), FfmpegArguments.Jpeg(size), path, cancellation, feed: child => child.Feed(pictures.Pixels));
        return output.ExitCode == 0
            ? output.Bytes.Span
            : throw new MediaException(path,
                $"its pictures could not be encoded as JPEG ({output.Log.Summary()}). Install an ffmpeg with mjpeg; ./lab setup does.");
    }

    // Within a picture's data 0xFF is always followed by 0 or a restart mark, so these two bytes end it.
    private static List<byte[]> Split(ReadOnlySpan<byte> bytes)
    {
        var pictures = new List<byte[]>();
        while (bytes.IndexOf([(byte)0xFF, (byte)0xD9]) is >= 0 and var end)
        {
            pictures.Add(bytes[..(end + 2)].ToArray());
            bytes = bytes[(end + 2)..];
        }
        return pictures;
    }
}
