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
        Require.Between(1, 64, count, nameof(count));
        Require.Between(8, 1024, size, nameof(size));
        var info = new Ffmpeg().Probe(path, cancellation);
        if (info.Video is null) throw new MediaException(path, "expected video, but the file holds only audio. Use a clip with video.");
        if ((info.Video.DurationSeconds ?? info.DurationSeconds) is not { } seconds || seconds <= 0)
            throw new MediaException(path, "the file does not say how long it is, so its parts cannot be told. Convert it to mp4.");
        // Every second one of twice as many pictures stands in the middle of its part.
        var rate = 2 * count / seconds;
        var pictures = Split(Read(path, rate, size, FfmpegArguments.Track(info.Video.Index), cancellation));
        var stills = pictures.Select((jpeg, index) => new VideoStill { Seconds = index / rate, Size = size, Jpeg = jpeg }).Where((_, index) => index % 2 == 1).Take(count).ToList();
        if (stills.Count == 0 && pictures.Count > 0) stills.Add(new VideoStill { Seconds = 0, Size = size, Jpeg = pictures[0] });
        return stills.Count > 0 ? stills : throw new MediaException(path, "no picture could be decoded: the file is damaged, or this ffmpeg lacks the codec.");
    }

    private static byte[] Read(string path, double rate, int size, string track, CancellationToken cancellation)
    {
        var tools = new FfmpegConfig();
        using var child = new FfmpegProcess(tools.Program, FfmpegArguments.Stills(path, rate, size, track), path, tools.StallSeconds, feeds: false, cancellation);
        using var output = new PipeBuffer();
        output.Fill(child, most: 1L << 30, until: () => child.Log.PicturesChange);
        if (!child.Log.PicturesChange && child.WaitForExit() != 0) throw MediaFault.Unreadable(path, child.Log);
        if (child.Log.PicturesChange) return Encode(new Ffmpeg().DecodeFrames(path, rate, size, cancellation), path, cancellation);
        var bytes = new byte[output.Length];
        output.CopyTo(bytes);
        return bytes;
    }

    private static byte[] Encode(VideoFrames pictures, string path, CancellationToken cancellation)
    {
        var tools = new FfmpegConfig();
        using var child = new FfmpegProcess(tools.Program, FfmpegArguments.Jpeg(pictures.Size), path, tools.StallSeconds, feeds: true, cancellation);
        using var output = new PipeBuffer();
        var feeding = child.Feed(pictures.Pixels);
        output.Fill(child, most: 1L << 30);
        if (child.WaitForExit() != 0) throw new MediaException(path, $"its pictures could not be encoded as JPEG ({child.Log.Summary()}). Install an ffmpeg with mjpeg; ./lab setup does.");
        feeding.GetAwaiter().GetResult();
        var bytes = new byte[output.Length];
        output.CopyTo(bytes);
        return bytes;
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
