namespace Affect.Media;

/// <summary>
/// Reads a RIFF wave file (RIFF, and RF64 and BW64 for large ones) from top to bottom: its chunks, in spite of what some claim, what they say of the
/// samples, the samples.
/// </summary>
/// <remarks>
/// EBU Tech 3306, <em>RF64</em>, and Microsoft's <em>Multimedia Programming Interface</em>, 1991. Recorders that were killed and programs that write
/// into a pipe leave a size that stands for "not known yet": 0, or one near 2³¹ or 2³². Then all that follows is samples.
/// </remarks>
internal sealed class RiffWave
{
    private const int Pcm = 1;
    private const int IeeeFloat = 3;
    private const int Extensible = 0xFFFE;
    private const int MostFormatBytes = 40;
    private const int HeaderBytes = 8;

    private readonly Stream stream;
    private readonly string path;
    private readonly List<(long Start, long Bytes)> data = []; // bytes that a truncated file lacks do not count
    private byte[]? format;
    private long promisedBytes;

    private RiffWave(Stream stream, string path) => (this.stream, this.path) = (stream, path);

    internal int SampleRate { get; private set; }

    internal int Channels { get; private set; }

    internal bool IsFloat { get; private set; }

    /// <summary>Whether <see cref="ReadSamples"/> knows this kind of samples.</summary>
    internal bool IsReadable { get; private set; }

    /// <summary>True where there is one run of samples of the size that it says, and nothing else: what every reader reads alike.</summary>
    internal bool IsPlain { get; private set; } = true;

    private int BitsPerSample { get; set; }

    private int FrameBytes => Channels * BitsPerSample / 8;

    /// <summary>Reads all but the samples; null for anything that is no wave file with a description and samples.</summary>
    internal static RiffWave? TryOpen(Stream stream, string path)
    {
        var wave = new RiffWave(stream, path);
        if (!wave.ReadChunks() || wave.format is null || wave.data.Count == 0) return null;
        wave.ReadFormat(wave.format);
        return wave;
    }

    /// <summary>Checks, before the first sample is read, that the file is about as long as it says.</summary>
    /// <exception cref="MediaException">It is shorter, or holds no sample.</exception>
    internal void RequireWhole(bool acceptTruncated = false)
    {
        var bytes = data.Sum(run => run.Bytes);
        double bytesPerSecond = IsReadable ? (long)SampleRate * FrameBytes : BinaryPrimitives.ReadUInt32LittleEndian(format.AsSpan(8));
        var (promised, found) = (promisedBytes / bytesPerSecond, bytes / bytesPerSecond);
        if (!acceptTruncated && bytesPerSecond > 0 && found < promised - MediaFault.Tolerance(promised))
            throw MediaFault.Truncated(path, promised, found, "audio");
        if (bytes < (IsReadable ? FrameBytes : 1))
            throw new MediaException(path, "expected audio, but the file's audio is of zero length. Leave the clip out of the manifest.");
    }

    /// <summary>Reads the samples, averaging channels.</summary>
    /// <exception cref="MediaException">A sample is not a finite number, or there are too many.</exception>
    internal float[] ReadSamples(CancellationToken cancellation = default)
    {
        var frames = data.Sum(run => run.Bytes / FrameBytes);
        if (frames > Array.MaxLength) throw new MediaException(path, $"{frames} samples do not fit into one waveform. Cut the recording into clips.");
        var waveform = new float[frames];
        var block = new byte[Math.Max(FrameBytes, (1 << 16) / FrameBytes * FrameBytes)];
        var done = 0;
        foreach (var (start, bytes) in data)
        {
            stream.Position = start;
            for (var left = bytes / FrameBytes; left > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(block.Length / FrameBytes, left);
                stream.ReadExactly(block.AsSpan(0, count * FrameBytes));
                var samples = waveform.AsSpan(done, count);
                Convert(block, samples);
                if (IsFloat && SoundFault.FirstNotFinite(samples) is { } bad) throw SoundFault.NotFinite(path, done + bad, samples[bad], SampleRate);
                done += count;
                left -= count;
            }
        }
        return waveform;
    }

    // False for what is no wave file.
    private bool ReadChunks()
    {
        Span<byte> head = stackalloc byte[12];
        stream.Position = 0;
        if (!TryFill(head) || !head[8..].SequenceEqual("WAVE"u8)) return false;
        var isLarge = head[..4].SequenceEqual("RF64"u8) || head[..4].SequenceEqual("BW64"u8);
        if (!isLarge && !head[..4].SequenceEqual("RIFF"u8)) return false;
        var end = HeaderBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        long? largeData = null;
        var at = (long)head.Length;
        // Behind the samples, what bears no name is no chunk; before them it can only be passed over.
        while (ReadChunk(at, mayBeNameless: data.Count == 0) is var (name, start, size))
        {
            var left = stream.Length - start;
            if (name == "data")
            {
                // A large file's size stands in the chunk ds64.
                if (isLarge && size == uint.MaxValue) size = largeData ?? 0;
                var isKnown = size == 0
                    ? left == 0 || IsFollowedByChunks(start, end)
                    : !StandsForUnknown(size) || (size > 0 && size <= left && size != uint.MaxValue);
                data.Add((start, isKnown ? Math.Min(size, left) : left));
                promisedBytes += isKnown ? size : left;
                IsPlain &= isKnown && size > 0 && data.Count == 1;
                if (!isKnown) break;
            }
            else if (name == "fmt " && size is >= 16 && size <= left) format ??= Take(start, (int)Math.Min(size, MostFormatBytes));
            else if (name == "ds64" && size is >= 16 && size <= left) largeData = BinaryPrimitives.ReadInt64LittleEndian(Take(start, 16).AsSpan(8));
            // ffmpeg reads some of the others, and refuses a file for what is wrong in them.
            IsPlain &= name is "data" or "fmt " or "fact";
            if (size > left) break;
            at = NextChunk(start, size);
        }
        return true;
    }

    private void ReadFormat(ReadOnlySpan<byte> description)
    {
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(description);
        // The first two bytes of the sub-format's GUID are the tag that an extensible header stands for.
        if (tag == Extensible && description.Length == 40) tag = BinaryPrimitives.ReadUInt16LittleEndian(description[24..]);
        Channels = BinaryPrimitives.ReadUInt16LittleEndian(description[2..]);
        SampleRate = BinaryPrimitives.ReadInt32LittleEndian(description[4..]);
        BitsPerSample = BinaryPrimitives.ReadUInt16LittleEndian(description[14..]);
        IsFloat = tag == IeeeFloat;
        var isKnown = (tag == Pcm && BitsPerSample is 16 or 24 or 32) || (IsFloat && BitsPerSample == 32);
        IsReadable = isKnown && Channels > 0 && SampleRate > 0 && BinaryPrimitives.ReadUInt16LittleEndian(description[12..]) == FrameBytes;
    }

    // Within 64 KiB of 2^31 or 2^32: arecord's 2^31, sox's and espeak-ng's 0x7FFFF000, less a header, or rounded to whole frames. Beyond: a 64-bit
    // -1.
    private static bool StandsForUnknown(long size) =>
        size is < 0 or (>= 0x7FFF_0000 and <= 0x8001_0000) or (>= 0xFFFF_0000 and <= 0xFFFF_FFFF) or >= 1L << 56;

    // Whether a chunk of size 0 is empty, or its size unknown. Samples do not look like chunks that end with the file; and where RIFF's own size
    // is that of the whole file, the writer knew what it wrote.
    private bool IsFollowedByChunks(long at, long riffEnd)
    {
        if (ReadChunk(at) is not { } next) return false;
        if (Math.Abs(stream.Length - riffEnd) <= 1 && next.Size <= stream.Length - next.Start) return true;
        while (ReadChunk(at) is var (_, start, size))
        {
            at = NextChunk(start, size);
            if (start + size == stream.Length || at == stream.Length) return true;
        }
        return false;
    }

    // Null at the end, or where no chunk's name stands.
    private (string Name, long Start, long Size)? ReadChunk(long at, bool mayBeNameless = false)
    {
        if (at < 0 || at > stream.Length - HeaderBytes) return null;
        var head = Take(at, HeaderBytes);
        if (!mayBeNameless && head.AsSpan(0, 4).ContainsAnyExceptInRange((byte)' ', (byte)'~')) return null;
        return (Encoding.ASCII.GetString(head, 0, 4), at + HeaderBytes, BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)));
    }

    // Chunks are padded to an even size; some writers forget to, which the next name tells.
    private long NextChunk(long start, long size)
    {
        var end = start + size;
        if (size % 2 == 0 || end < 0 || end > stream.Length - 4) return end + size % 2;
        return Encoding.ASCII.GetString(Take(end, 4)) is "data" or "fmt " or "LIST" or "fact" ? end : end + 1;
    }

    private byte[] Take(long start, int count)
    {
        var bytes = new byte[count];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return bytes;
    }

    private bool TryFill(Span<byte> bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private void Convert(ReadOnlySpan<byte> bytes, Span<float> waveform)
    {
        if (Channels == 1 && BitsPerSample == 16 && BitConverter.IsLittleEndian)
        {
            var samples = MemoryMarshal.Cast<byte, short>(bytes);
            for (var i = 0; i < waveform.Length; i++) waveform[i] = samples[i] * (1f / 32768f);
            return;
        }
        var width = BitsPerSample / 8;
        for (var i = 0; i < waveform.Length; i++)
        {
            var sum = 0.0;
            for (var channel = 0; channel < Channels; channel++) sum += Sample(bytes[((i * Channels + channel) * width)..]);
            waveform[i] = (float)(sum / Channels);
        }
    }

    private float Sample(ReadOnlySpan<byte> bytes) => (BitsPerSample, IsFloat) switch
    {
        (_, true) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (16, _) => BinaryPrimitives.ReadInt16LittleEndian(bytes) * (1f / 32768f),
        (24, _) => ((bytes[0] << 8) | (bytes[1] << 16) | (bytes[2] << 24)) * (1f / 2147483648f),
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) * (1f / 2147483648f),
    };
}
