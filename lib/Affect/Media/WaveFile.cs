namespace Affect.Media;

/// <summary>RIFF wave files: mono 16-bit out; 16, 24 or 32-bit whole numbers and 32-bit floats of any channels in.</summary>
public static class WaveFile
{
    private const int HeaderBytes = 44;

    /// <summary>Writes a mono 16-bit file, atomically.</summary>
    /// <param name="path">The file.</param>
    /// <param name="waveform"><c>[samples]</c>, −1…1; louder samples are clipped.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<float> waveform, int sampleRate = 16000)
    {
        var bytes = Encode(waveform, sampleRate);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Reads a file and averages its channels.</summary>
    /// <returns>The waveform <c>[samples]</c>, −1…1, and its sample rate in hertz.</returns>
    /// <exception cref="MediaException">The file is missing, truncated, not such a wave file, or a sample is NaN or infinite.</exception>
    public static (float[] Waveform, int SampleRate) Read(string path)
    {
        MediaPath.RequireFile(path);
        using var stream = MediaPath.OpenRead(path);
        if (WaveHeader.TryRead(stream) is not { IsReadable: true } header)
            throw new MediaException(path, "expected a RIFF wave file with 16, 24 or 32-bit samples, but it is something else. Ffmpeg.DecodeAudio reads any format.");
        header.RequireWhole(path);
        return (header.ReadSamples(stream, path), header.SampleRate);
    }

    /// <summary>The bytes of a mono 16-bit file.</summary>
    internal static byte[] Encode(ReadOnlySpan<float> waveform, int sampleRate)
    {
        Require.AtLeast(1, sampleRate, nameof(sampleRate));
        var bytes = new byte[HeaderBytes + 2L * waveform.Length];
        WriteHeader(bytes, waveform.Length, sampleRate);
        var samples = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(HeaderBytes));
        for (var i = 0; i < waveform.Length; i++)
        {
            // Full scale is 32768, as every reader assumes; +1 itself does not fit and becomes 32767.
            var sample = (short)Math.Clamp(MathF.Round(waveform[i] * 32768f), short.MinValue, short.MaxValue);
            samples[i] = BitConverter.IsLittleEndian ? sample : BinaryPrimitives.ReverseEndianness(sample);
        }
        return bytes;
    }

    private static void WriteHeader(Span<byte> bytes, int samples, int sampleRate)
    {
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], checked((uint)(HeaderBytes - 8 + 2L * samples)));
        "WAVEfmt "u8.CopyTo(bytes[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[20..], 1);   // PCM
        BinaryPrimitives.WriteInt16LittleEndian(bytes[22..], 1);   // channels
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], checked(sampleRate * 2));
        BinaryPrimitives.WriteInt16LittleEndian(bytes[32..], 2);   // bytes a frame
        BinaryPrimitives.WriteInt16LittleEndian(bytes[34..], 16);  // bits a sample
        "data"u8.CopyTo(bytes[36..]);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[40..], checked((uint)(2L * samples)));
    }
}
