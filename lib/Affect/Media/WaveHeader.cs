using System.Buffers.Binary;
using System.Runtime.InteropServices;

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

    /// <summary>Bytes of samples that the file claims to hold; null where the writer did not know (a stream).</summary>
    internal required long? DataBytes { get; init; }

    private int FrameBytes => Channels * BitsPerSample / 8;

    /// <summary>Reads up to the first sample; null for anything that is not a plain wave file.</summary>
    internal static WaveHeader? TryRead(Stream stream)
    {
        Span<byte> chunk = stackalloc byte[12];
        if (!TryFill(stream, chunk) || !chunk[..4].SequenceEqual("RIFF"u8) || !chunk[8..].SequenceEqual("WAVE"u8)) return null;
        Span<byte> format = stackalloc byte[40];
        var formatBytes = 0;
        while (TryFill(stream, chunk[..8]))
        {
            long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk[..4].SequenceEqual("data"u8)) return Describe(format[..formatBytes], size);
            if (chunk[..4].SequenceEqual("fmt "u8) && size is >= 16 and <= 40)
            {
                formatBytes = (int)size;
                if (!TryFill(stream, format[..formatBytes])) return null;
                size = 0;
            }
            // Chunks are padded to an even size.
            stream.Seek(size + (BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]) & 1), SeekOrigin.Current);
        }
        return null;
    }

    /// <summary>Checks, before the first sample is read, that the file is about as long as it says.</summary>
    /// <exception cref="MediaException">It is shorter, or holds no sample.</exception>
    internal void RequireWhole(Stream stream, string path, bool acceptTruncated = false)
    {
        var left = stream.Length - stream.Position;
        if (DataBytes is { } bytes && !acceptTruncated && Seconds(left) < Seconds(bytes) - MediaFault.Tolerance(Seconds(bytes)))
            throw MediaFault.Truncated(path, Seconds(bytes), Seconds(left), "audio");
        if (Math.Min(DataBytes ?? left, left) < FrameBytes)
            throw new MediaException(path, "expected audio, but the file's audio is of zero length. Leave the clip out of the manifest.");
    }

    /// <summary>Reads the samples, averaging channels; the stream stands at the first one.</summary>
    internal float[] ReadSamples(Stream stream, string path, CancellationToken cancellation = default)
    {
        var left = stream.Length - stream.Position;
        var frames = Math.Min(DataBytes ?? left, left) / FrameBytes;
        if (frames > Array.MaxLength) throw new MediaException(path, $"{frames} samples do not fit into one waveform. Cut the recording into clips.");
        var waveform = new float[frames];
        var block = new byte[Math.Max(FrameBytes, (1 << 16) / FrameBytes * FrameBytes)];
        for (long done = 0; done < frames;)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = (int)Math.Min(block.Length / FrameBytes, frames - done);
            stream.ReadExactly(block.AsSpan(0, count * FrameBytes));
            Convert(block.AsSpan(0, count * FrameBytes), waveform.AsSpan((int)done, count));
            done += count;
        }
        return waveform;
    }

    private static WaveHeader? Describe(ReadOnlySpan<byte> format, long dataBytes)
    {
        if (format.Length < 16) return null;
        int tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        // The first two bytes of the sub-format's GUID are the tag that an extensible header stands for.
        if (tag == Extensible && format.Length == 40) tag = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        var isKnown = (tag == Pcm && bits is 16 or 24 or 32) || (tag == IeeeFloat && bits == 32);
        if (!isKnown || channels == 0 || rate <= 0 || BinaryPrimitives.ReadUInt16LittleEndian(format[12..]) != channels * bits / 8) return null;
        return new WaveHeader
        {
            SampleRate = rate,
            Channels = channels,
            BitsPerSample = bits,
            IsFloat = tag == IeeeFloat,
            // What programs write that do not know the length yet, espeak-ng and sox among them.
            DataBytes = dataBytes is 0 or uint.MaxValue or int.MaxValue or 0x7FFFF000 ? null : dataBytes,
        };
    }

    private double Seconds(long bytes) => bytes / FrameBytes / (double)SampleRate;

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
            var sum = 0f;
            for (var channel = 0; channel < Channels; channel++) sum += Sample(bytes[((i * Channels + channel) * width)..]);
            waveform[i] = sum / Channels;
        }
    }

    private float Sample(ReadOnlySpan<byte> bytes) => (BitsPerSample, IsFloat) switch
    {
        (_, true) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (16, _) => BinaryPrimitives.ReadInt16LittleEndian(bytes) * (1f / 32768f),
        (24, _) => ((bytes[0] << 8) | (bytes[1] << 16) | (bytes[2] << 24)) * (1f / 2147483648f),
        _ => BinaryPrimitives.ReadInt32LittleEndian(bytes) * (1f / 2147483648f),
    };

    private static bool TryFill(Stream stream, Span<byte> bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;
}
