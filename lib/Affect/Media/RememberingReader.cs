using System.Collections.Concurrent;

namespace Affect.Media;

/// <summary>Decodes each recording's sound once and keeps it in memory, for when several encoders hear the same clips.</summary>
/// <param name="inner">Reads what is not remembered yet.</param>
/// <param name="mostBytes">How much sound is kept, in bytes of float32; what comes after that is decoded anew each time.</param>
/// <remarks>A file that has changed since (its length or its time of writing) is decoded anew. Pictures are not kept. May be called from any thread.</remarks>
public sealed class RememberingReader(IMediaReader inner, long mostBytes = 512L << 20) : IMediaReader
{
    private readonly IMediaReader inner = inner ?? throw new ArgumentNullException(nameof(inner));
    private readonly long mostBytes = Require.AtLeast(0, mostBytes);
    private readonly ConcurrentDictionary<(string Path, int SampleRate), Remembered> known = new();
    private long held;

    /// <inheritdoc/>
    public MediaInfo Probe(string path, CancellationToken cancellation = default) => inner.Probe(path, cancellation);

    /// <inheritdoc/>
    /// <remarks>The array is shared by all who ask: it must not be written to.</remarks>
    public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentNullException.ThrowIfNull(path);
        var file = new FileInfo(path);
        var state = file.Exists ? (file.Length, file.LastWriteTimeUtc) : default;
        if (known.TryGetValue((path, sampleRate), out var remembered) && remembered.State == state) return remembered.Waveform;
        var waveform = inner.DecodeAudio(path, sampleRate, cancellation);
        var bytes = (long)waveform.Length * sizeof(float);
        if (Interlocked.Add(ref held, bytes) <= mostBytes) known[(path, sampleRate)] = new Remembered(waveform, state);
        else Interlocked.Add(ref held, -bytes);
        return waveform;
    }

    /// <inheritdoc/>
    public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) =>
        inner.DecodeFrames(path, framesPerSecond, size, cancellation);

    private sealed record Remembered(float[] Waveform, (long Length, DateTime Written) State);
}
