namespace Affect.Media;

/// <summary>Decodes each recording's sound once and keeps it in memory, for when several encoders hear the same clips.</summary>
/// <param name="inner">Reads what is not remembered yet.</param>
/// <param name="mostBytes">How much sound is kept, in bytes of float32; what comes after that is decoded anew each time.</param>
/// <remarks>
/// Where the path leads to another file since, or the file has changed, it is decoded anew (<see cref="FileStamp"/>); one that was written moments
/// before it was decoded is compared by its content. Pictures are not kept. May be called from any thread.
/// </remarks>
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
        var stamp = FileStamp.Of(path);
        if (stamp is null) return inner.DecodeAudio(path, sampleRate, cancellation); // says what is wrong
        var hasOld = known.TryGetValue((path, sampleRate), out var old);
        if (hasOld && old!.Stamp == stamp && (old.Content is null || old.Content == Content(path))) return old.Waveform;
        var content = stamp.Value.IsFresh ? Content(path) : null;
        var waveform = inner.DecodeAudio(path, sampleRate, cancellation);
        // Nothing is remembered of a file that changed while it was read.
        if (FileStamp.Of(path) == stamp) Remember((path, sampleRate), new Remembered(waveform, stamp.Value, content));
        return waveform;
    }

    /// <inheritdoc/>
    public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) =>
        inner.DecodeFrames(path, framesPerSecond, size, cancellation);

    private void Remember((string Path, int SampleRate) key, Remembered sound)
    {
        lock (known)
        {
            var freed = known.TryGetValue(key, out var old) ? old.Bytes : 0;
            if (held - freed + sound.Bytes > mostBytes) return;
            held += sound.Bytes - freed;
            known[key] = sound;
        }
    }

    // Null where the file has just gone.
    private static string? Content(string path)
    {
        try
        {
            using var stream = MediaPath.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (MediaException)
        {
            return null;
        }
    }

    // Content is null where the stamp alone is proof.
    private sealed record Remembered(float[] Waveform, FileStamp Stamp, string? Content)
    {
        internal long Bytes => (long)Waveform.Length * sizeof(float);
    }
}
