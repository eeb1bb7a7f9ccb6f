namespace Affect.Tests.Features;

/// <summary>Reads wave files, and makes pictures up (each one shade, brighter every time), without ffmpeg; and counts.</summary>
internal sealed class ToyReader : IMediaReader
{
    private int decoded;

    public int Decoded => decoded;

    public Action<string>? BeforeDecoding { get; init; }

    /// <summary>How long films are.</summary>
    public double Seconds { get; init; } = 2;

    public MediaInfo Probe(string path, CancellationToken cancellation = default) => new()
    {
        Container = "mp4",
        DurationSeconds = Seconds,
        Video = path.EndsWith(".wav", StringComparison.Ordinal) ? null : new VideoStreamInfo { Codec = "h264", Width = 32, Height = 32, FramesPerSecond = 25, DurationSeconds = Seconds },
    };

    public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
    {
        Count(path, cancellation);
        return WaveFile.Read(path).Waveform;
    }

    public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default)
    {
        Count(path, cancellation);
        var count = Math.Max(1, (int)Math.Round(Seconds * framesPerSecond));
        var pixels = new byte[count * size * size * 3];
        for (var frame = 0; frame < count; frame++) pixels.AsSpan(frame * size * size * 3, size * size * 3).Fill((byte)(frame * 255 / count));
        return new VideoFrames(pixels, size, framesPerSecond);
    }

    private void Count(string path, CancellationToken cancellation)
    {
        BeforeDecoding?.Invoke(path);
        cancellation.ThrowIfCancellationRequested();
        Interlocked.Increment(ref decoded);
    }
}
