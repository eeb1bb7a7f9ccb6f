namespace Affect.Media;

/// <summary>Samples the pictures of a stream whose size, format or shape changes on the way, as browsers and meetings record them.</summary>
/// <remarks>
/// ffmpeg sets up its filters anew where a stream changes, and the one that samples forgets where it was. So here every picture comes, scaled, with
/// its time, and is sampled and made square by us.
/// </remarks>
/// <param name="framesPerSecond">Pictures a second wished for.</param>
/// <param name="size">Width and height wished for, in pixels.</param>
internal sealed class ChangingPictures(double framesPerSecond, int size)
{
    // A time that is a tick but for rounding counts as the tick.
    private const double Rounding = 1e-6;
    private readonly List<byte[]> sampled = [];
    private byte[]? onScreen;
    private double began;
    private double shown;

    /// <summary>Reads all pictures.</summary>
    /// <param name="child">Runs <see cref="FfmpegArguments.EveryPicture"/>.</param>
    /// <returns>Picture i is the one on screen at i / framesPerSecond; null where they take more than 2 GiB.</returns>
    internal byte[]? Read(FfmpegProcess child)
    {
        var picture = Array.Empty<byte>();
        while (child.NextStamp() is { } stamp)
        {
            Array.Resize(ref picture, checked(stamp.Width * stamp.Height * 3));
            if (!Fill(child, picture)) break;
            var seconds = stamp.Seconds ?? (onScreen is null ? 0 : began + shown);
            if (!Emit(before: seconds)) return null;
            shown = onScreen is not null && seconds > began ? seconds - began : stamp.Duration ?? 0;
            began = seconds;
            onScreen = Square(picture, stamp.Width, stamp.Height);
        }
        // The last picture is shown as long as the one before it; a stream of one picture gives that one.
        if (onScreen is not null && !Emit(before: began + shown)) return null;
        if (sampled.Count == 0 && onScreen is not null) sampled.Add(onScreen);
        var pixels = new byte[(long)sampled.Count * size * size * 3];
        foreach (var (index, square) in sampled.Index()) square.CopyTo(pixels, (long)index * square.Length);
        return pixels;
    }

    /// <summary>How many pictures there are by now.</summary>
    internal int Count => sampled.Count;

    // The ticks that pass while a picture is on screen; those before the first picture show it too.
    private bool Emit(double before)
    {
        if (onScreen is null) return true;
        while (sampled.Count < before * framesPerSecond - Rounding)
        {
            if ((sampled.Count + 1L) * onScreen.Length > Array.MaxLength) return false;
            sampled.Add(onScreen);
        }
        return true;
    }

    // The middle of what is larger, the middle of a black square for what is smaller.
    private byte[] Square(byte[] picture, int width, int height)
    {
        var square = new byte[size * size * 3];
        var (columns, rows) = (Math.Min(width, size), Math.Min(height, size));
        for (var row = 0; row < rows; row++)
        {
            var from = ((height - rows) / 2 + row) * width + (width - columns) / 2;
            var to = ((size - rows) / 2 + row) * size + (size - columns) / 2;
            picture.AsSpan(from * 3, columns * 3).CopyTo(square.AsSpan(to * 3));
        }
        return square;
    }

    private static bool Fill(FfmpegProcess child, Span<byte> bytes)
    {
        while (bytes.Length > 0 && child.Read(bytes) is > 0 and var count) bytes = bytes[count..];
        return bytes.Length == 0;
    }
}
