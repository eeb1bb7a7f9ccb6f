namespace Affect.Tests.Media;

public sealed class ChannelsTests : IDisposable
{
    private const int Count = 8000;
    private readonly string folder = Directory.CreateTempSubdirectory("affect-channels-").FullName;
    private readonly Ffmpeg reader = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(60)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Any_number_of_channels_gives_their_mean(int channels)
    {
        var path = Write("wide.wav", channels);
        AssertMean(channels, 16000, WaveFile.Read(path).Waveform);
        AssertMean(channels, 16000, reader.DecodeAudio(path));
        AssertMean(channels, 8000, reader.DecodeAudio(path, sampleRate: 8000));
        Assert.Equal(channels, reader.Probe(path).Audio!.Channels);
    }

    [Theory]
    [InlineData(3, "caf")]
    [InlineData(6, "flac")]
    [InlineData(9, "caf")]
    [InlineData(12, "au")]
    [InlineData(60, "caf")]
    [InlineData(2, "flac")]
    public void So_it_does_in_other_containers(int channels, string container)
    {
        var path = Converted(Write("wide.wav", channels), "wide." + container);
        AssertMean(channels, 16000, reader.DecodeAudio(path));
        AssertMean(channels, 8000, reader.DecodeAudio(path, sampleRate: 8000));
        Assert.NotEmpty(MediaPreview.Of(path).Bytes);
    }

    [Fact]
    public void A_layout_that_names_its_channels_makes_no_difference()
    {
        var path = Converted(Write("wide.wav", 6), "named.mkv", "-channel_layout", "5.1");
        AssertMean(6, 16000, reader.DecodeAudio(path));
    }

    [Fact]
    public void More_channels_than_ffmpeg_mixes_are_the_cause_that_is_told()
    {
        var path = Converted(Write("wide.wav", 70), "wide.au");
        var error = Assert.Throws<MediaException>(() => reader.DecodeAudio(path));
        Assert.Contains("expected at most 64 channels", error.Message, StringComparison.Ordinal);
        Assert.Contains("has 70", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    // Every channel is the same tone, each of its own loudness.
    private static double Gain(int channel) => 0.1 + 0.8 * (channel * 7 % 11) / 11;

    private static void AssertMean(int channels, int rate, float[] waveform)
    {
        var mean = Enumerable.Range(0, channels).Average(Gain);
        Assert.InRange(waveform.Length, Count * (rate / 16000.0) - 10, Count * (rate / 16000.0) + 10);
        // The middle: a resampler rings at the ends.
        for (var i = rate / 10; i < rate * 4 / 10; i++) Assert.Equal(mean * Math.Sin(2 * Math.PI * 200 * i / rate), waveform[i], tolerance: 2e-3);
    }

    private string Write(string name, int channels)
    {
        var samples = Enumerable.Range(0, Count).SelectMany(i => Enumerable.Range(0, channels).Select(channel => (short)Math.Round(32767 * Gain(channel) * Math.Sin(2 * Math.PI * 200 * i / 16000))));
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, WaveBytes.File([WaveBytes.Format(channels), WaveBytes.Chunk("data", WaveBytes.Samples(samples))]));
        return path;
    }

    private string Converted(string from, string name, params string[] options)
    {
        var path = Path.Combine(folder, name);
        string[] codec = name.EndsWith("flac", StringComparison.Ordinal) ? [] : name.EndsWith("au", StringComparison.Ordinal) ? ["-c:a", "pcm_s16be"] : ["-c:a", "pcm_s16le"];
        MediaFolder.Ffmpeg([.. options, "-i", from, .. codec, path]);
        return path;
    }
}
