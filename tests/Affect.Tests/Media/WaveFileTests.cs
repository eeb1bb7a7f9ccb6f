namespace Affect.Tests.Media;

public sealed class WaveFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-wave-").FullName;

    private string Path => System.IO.Path.Combine(folder, "a.wav");

    [Fact]
    public void What_is_written_reads_back_within_half_a_step()
    {
        float[] waveform = [0, 0.5f, -0.5f, 0.123456f, -1, 32767f / 32768];
        WaveFile.Write(Path, waveform, 22050);

        var (again, rate) = WaveFile.Read(Path);

        Assert.Equal(22050, rate);
        Assert.Equal(waveform.Length, again.Length);
        Assert.All(waveform.Zip(again), pair => Assert.Equal(pair.First, pair.Second, tolerance: 0.5f / 32768));
    }

    [Fact]
    public void Louder_than_full_scale_is_clipped_not_wrapped()
    {
        WaveFile.Write(Path, [1f, 1.5f, -1.5f, float.NaN]);
        Assert.Equal([32767f / 32768, 32767f / 32768, -1, 0], WaveFile.Read(Path).Waveform);
    }

    // Floats: 0.1 and -2.
    [Theory]
    [InlineData(1, 2, 16, new byte[] { 0x00, 0x40, 0x00, 0x20, 0x00, 0x80, 0x00, 0x80 }, new[] { 0.375f, -1f })]
    [InlineData(1, 1, 24, new byte[] { 0x00, 0x00, 0x40, 0x00, 0x00, 0xC0, 0x01, 0x00, 0x00 }, new[] { 0.5f, -0.5f, 1f / 8388608 })]
    [InlineData(1, 1, 32, new byte[] { 0, 0, 0, 0x40, 0, 0, 0, 0x80 }, new[] { 0.5f, -1f })]
    [InlineData(3, 1, 32, new byte[] { 0xCD, 0xCC, 0xCC, 0x3D, 0, 0, 0, 0xC0 }, new[] { 0.1f, -2f })]
    public void Samples_of_any_width_keep_their_sign_and_channels_are_averaged(int tag, int channels, int bits, byte[] data, float[] waveform)
    {
        Write(tag, channels, bits, data);
        Assert.Equal(waveform, WaveFile.Read(Path).Waveform);
    }

    [Fact]
    public void Other_chunks_are_passed_over_even_of_odd_size()
    {
        Write(tag: 1, channels: 1, bits: 16, data: [0, 0x40], before: [.. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0]);
        Assert.Equal([0.5f], WaveFile.Read(Path).Waveform);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x7FFFF000u)]
    [InlineData(uint.MaxValue)]
    public void A_writer_that_did_not_know_the_length_yet_is_understood(uint claimed)
    {
        Write(tag: 1, channels: 1, bits: 16, data: [0, 0x40, 0, 0x20], claimed: claimed);
        Assert.Equal([0.5f, 0.25f], WaveFile.Read(Path).Waveform);
        Assert.Equal([0.5f, 0.25f], new Ffmpeg().DecodeAudio(Path));
    }

    [Theory]
    [InlineData(1, 0, 16)]
    [InlineData(1, 1, 8)]
    [InlineData(6, 1, 8)]
    [InlineData(3, 1, 64)]
    public void Other_sample_formats_are_left_to_ffmpeg(int tag, int channels, int bits)
    {
        Write(tag, channels, bits, data: [1, 2, 3, 4, 5, 6, 7, 8]);
        var error = Assert.Throws<MediaException>(() => WaveFile.Read(Path));
        Assert.Contains("expected a RIFF wave file with 16, 24 or 32-bit samples", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_beginning_of_a_wave_file_is_worse_than_an_error()
    {
        WaveFile.Write(System.IO.Path.Combine(folder, "whole.wav"), [0.5f, 0.25f]);
        var bytes = File.ReadAllBytes(System.IO.Path.Combine(folder, "whole.wav"));
        for (var length = 0; length < 46; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.Throws<MediaException>(() => WaveFile.Read(Path));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void Write(int tag, int channels, int bits, byte[] data, byte[]? before = null, uint? claimed = null) => File.WriteAllBytes(
        Path, WaveBytes.File([WaveBytes.Format(channels, bits: bits, tag: tag), before ?? [], WaveBytes.Chunk("data", data, claimed, isPadded: false)], riffSize: 0));
}
