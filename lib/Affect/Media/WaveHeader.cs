namespace Affect.Media;

/// <summary>What a RIFF wave file says of its samples.</summary>
internal sealed record WaveHeader
{
    private const int Pcm = 1;
    private const int IeeeFloat = 3;
    private const int Extensible = 0xFFFE;

    internal required int SampleRate { get; init; }

    internal required int Channels { get; init; }

    internal required int BitsPerSample { get; init; }

    internal required bool IsFloat { get; init; }

    /// <summary>Whether <see cref="ReadSamples"/> knows this kind of samples.</summary>
    internal required bool IsReadable { get; init; }

    /// <summary>Bytes a second, to tell lengths by; 0 where the file does not say.</summary>
    internal required long BytesPerSecond { get; init; }

    /// <summary>Where the samples lie.</summary>
    internal required WaveChunks Chunks { get; init; }

    private int FrameBytes => Channels * BitsPerSample / 8;

    /// <summary>Reads what a file says of its samples; null for anything that is no wave file.</summary>
    internal static WaveHeader? TryRead(Stream stream) => WaveChunks.TryRead(stream) is { } chunks ? Describe(chunks) : null;

    /// <summary>Checks, before the first sample is read, that the file is about as long as it says.</summary>
    /// <exception cref="MediaException">It is shorter, or holds no sample.</exception>
    internal void RequireWhole(string path, bool acceptTruncated = false)
    {
        if (!acceptTruncated && BytesPerSecond > 0)
        {
            var (promised, found) = (Chunks.PromisedBytes / (double)BytesPerSecond, Chunks.Bytes / (double)BytesPerSecond);
            if (found < promised - MediaFault.Tolerance(promised)) throw MediaFault.Truncated(path, promised, found, "audio");
        }
        if (Chunks.Bytes < (IsReadable ? FrameBytes : 1))
            throw new MediaException(path, "expected audio, but the file's audio is of zero length. Leave the clip out of the manifest.");
    }

    /// <summary>Reads the samples, averaging channels.</summary>
    /// <exception cref="MediaException">A sample is not a finite number, or there are too many.</exception>
    internal float[] ReadSamples(Stream stream, string path, CancellationToken cancellation = default)
    {
        var frames = Chunks.Data.Sum(data => data.Bytes / FrameBytes);
        if (frames > Array.MaxLength) throw new MediaException(path, $"{frames} samples do not fit into one waveform. Cut the recording into clips.");
        var waveform = new float[frames];
        var block = new byte[Math.Max(FrameBytes, (1 << 16) / FrameBytes * FrameBytes)];
        var done = 0;
        foreach (var (start, bytes) in Chunks.Data)
        {
            stream.Position = start;
            for (var left = bytes / FrameBytes; left > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(block.Length / FrameBytes, left);
                stream.ReadExactly(block.AsSpan(0, count * FrameBytes));
                Convert(block.AsSpan(0, count * FrameBytes), waveform.AsSpan(done, count));
                if (IsFloat && SoundFault.FirstNotFinite(waveform.AsSpan(done, count)) is { } bad) throw SoundFault.NotFinite(path, done + bad, waveform[done + bad], SampleRate);
                done += count;
                left -= count;
            }
        }
        return waveform;
    }

    private static WaveHeader Describe(WaveChunks chunks)
    {
        ReadOnlySpan<byte> format = chunks.Format;
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        // The first two bytes of the sub-format's GUID are the tag that an extensible header stands for.
        if (tag == Extensible && format.Length == 40) tag = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        var isKnown = (tag == Pcm && bits is 16 or 24 or 32) || (tag == IeeeFloat && bits == 32);
        var isReadable = isKnown && channels > 0 && rate > 0 && BinaryPrimitives.ReadUInt16LittleEndian(format[12..]) == channels * bits / 8;
        return new WaveHeader
        {
            SampleRate = rate,
            Channels = channels,
            BitsPerSample = bits,
            IsFloat = tag == IeeeFloat,
            IsReadable = isReadable,
            BytesPerSecond = isReadable ? (long)rate * channels * bits / 8 : BinaryPrimitives.ReadUInt32LittleEndian(format[8..]),
            Chunks = chunks,
        };
    }

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
