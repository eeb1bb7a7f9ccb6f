namespace Affect.Media;

/// <summary>Square pictures of a clip, evenly spaced in time: <c>[frames, size, size, 3]</c> red-green-blue bytes.</summary>
public sealed class VideoFrames
{
    private readonly byte[] pixels;

    /// <summary>Wraps pictures that lie one after another.</summary>
    /// <param name="pixels"><c>[frames, size, size, 3]</c>, row by row; kept, not copied.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="framesPerSecond">Pictures a second.</param>
    /// <exception cref="ArgumentException">The bytes are no whole number of pictures.</exception>
    public VideoFrames(byte[] pixels, int size, double framesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        Size = Require.Between(1, 16384, size, nameof(size));
        FramesPerSecond = Require.Between(1e-6, 1e6, framesPerSecond, nameof(framesPerSecond));
        if (pixels.Length % FrameBytes != 0)
            throw new ArgumentException(
                $"pixels must be whole pictures of {size} x {size} x 3 = {FrameBytes} bytes, but are {pixels.Length} bytes.", nameof(pixels));
        this.pixels = pixels;
    }

    /// <summary>How many pictures there are.</summary>
    public int Count => pixels.Length / FrameBytes;

    /// <summary>Width and height of each picture, in pixels.</summary>
    public int Size { get; }

    /// <summary>Pictures a second; picture i is the one on screen at i / FramesPerSecond.</summary>
    public double FramesPerSecond { get; }

    /// <summary>All pictures, <c>[frames, size, size, 3]</c>.</summary>
    public ReadOnlyMemory<byte> Pixels => pixels;

    /// <summary>One picture, <c>[size, size, 3]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public ReadOnlySpan<byte> this[int frame] => pixels.AsSpan(Require.Between(0, Count - 1, frame, nameof(frame)) * FrameBytes, FrameBytes);

    private int FrameBytes => Size * Size * 3;
}
