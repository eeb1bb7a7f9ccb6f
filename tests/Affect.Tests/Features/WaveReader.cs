namespace Affect.Tests.Features;

/// <summary>Reads wave files without ffmpeg, and counts.</summary>
internal sealed class WaveReader : IMediaReader
{
    private int decoded;

    public int Decoded => decoded;

    public Action<string>? BeforeDecoding { get; init; }

    public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
    {
        BeforeDecoding?.Invoke(path);
        cancellation.ThrowIfCancellationRequested();
        Interlocked.Increment(ref decoded);
        return WaveFile.Read(path).Waveform;
    }

    public MediaInfo Probe(string path, CancellationToken cancellation = default) => throw new NotSupportedException();

    public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) => throw new NotSupportedException();
}
