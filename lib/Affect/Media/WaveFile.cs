namespace Affect.Media;

/// <summary>RIFF wave files: mono 16-bit out; 16, 24 or 32-bit whole numbers and 32-bit floats of any channels in.</summary>
public static class WaveFile
{
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
        if (RiffWave.TryOpen(stream, path) is not { IsReadable: true } wave)
            throw new MediaException(
                path, "expected a RIFF wave file with 16, 24 or 32-bit samples, but it is something else. Ffmpeg.DecodeAudio reads any format.");
        wave.RequireWhole();
        return (wave.ReadSamples(), wave.SampleRate);
    }

    /// <summary>The bytes of a mono 16-bit file.</summary>
    internal static byte[] Encode(ReadOnlySpan<float> waveform, int sampleRate)
    {
        Require.AtLeast(1, sampleRate, nameof(sampleRate));
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write("RIFF"u8);
        writer.Write(checked((uint)(36 + 2L * waveform.Length)));
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);     // PCM
        writer.Write((short)1);     // channels
        writer.Write(sampleRate);
        writer.Write(checked(sampleRate * 2));
        writer.Write((short)2);     // bytes a frame
        writer.Write((short)16);    // bits a sample
        writer.Write("data"u8);
        writer.Write(checked((uint)(2L * waveform.Length)));
        // Full scale is 32768, as every reader assumes; +1 itself does not fit and becomes 32767.
        foreach (var value in waveform) writer.Write((short)Math.Clamp(MathF.Round(value * 32768f), short.MinValue, short.MaxValue));
        return bytes.ToArray();
    }
}
