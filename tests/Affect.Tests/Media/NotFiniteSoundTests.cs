namespace Affect.Tests.Media;

public sealed class NotFiniteSoundTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-finite-").FullName;
    private readonly Ffmpeg reader = new();

    [Fact]
    public void A_sample_that_is_not_a_number_is_named()
    {
        var path = Repository.Golden("media", "one-nan.wav");
        const string Words = "expected samples that are finite numbers, but sample 100 (counted from 0, at 0.00625 s) is NaN.";
        AssertRefused(path, Words, () => WaveFile.Read(path), () => reader.DecodeAudio(path), () => reader.DecodeAudio(path, 8000), () => reader.DecodeAudio(path, 44100));
    }

    [Theory]
    [InlineData(float.PositiveInfinity, "infinite")]
    [InlineData(float.NegativeInfinity, "minus infinite")]
    [InlineData(float.NaN, "NaN")]
    public void So_is_it_in_any_channel_and_container(float value, string name)
    {
        var samples = new float[2 * 16000];
        samples[2 * 12000 + 1] = value;
        var wave = Path.Combine(folder, "a.wav");
        File.WriteAllBytes(wave, WaveBytes.File([WaveBytes.Format(channels: 2, bits: 32, tag: 3), WaveBytes.Chunk("data", WaveBytes.Floats(samples))]));
        var words = $"sample 12000 (counted from 0, at 0.75 s) is {name}.";
        AssertRefused(wave, words, () => WaveFile.Read(wave), () => reader.DecodeAudio(wave), () => reader.DecodeAudio(wave, 8000));

        foreach (var (file, codec) in new[] { ("a.au", "pcm_f32be"), ("a.caf", "pcm_f32le"), ("a.mkv", "pcm_f32le"), ("a.w64", "pcm_f64le"), ("double.wav", "pcm_f64le") })
        {
            var path = Path.Combine(folder, file);
            MediaFolder.Ffmpeg("-i", wave, "-c:a", codec, path);
            AssertRefused(path, words, () => reader.DecodeAudio(path), () => reader.DecodeAudio(path, 8000));
        }
    }

    [Fact]
    public void A_double_that_no_float_holds_is_named_too()
    {
        var samples = new double[16000];
        samples[800] = 1e300;
        var path = Path.Combine(folder, "large.wav");
        File.WriteAllBytes(path, WaveBytes.File([WaveBytes.Format(bits: 64, tag: 3), WaveBytes.Chunk("data", [.. samples.SelectMany(BitConverter.GetBytes)])]));
        AssertRefused(path, "sample 800 (counted from 0, at 0.05 s) is infinite", () => reader.DecodeAudio(path), () => reader.DecodeAudio(path, 8000));
    }

    [Fact]
    public void A_batch_blames_the_sample_and_goes_on()
    {
        using var toys = new ToyCorpus(3);
        File.Copy(Repository.Golden("media", "one-nan.wav"), toys.Clips[1].AudioPath!, overwrite: true);
        using var encoder = new ToyEncoder();
        var report = Extractor.Of(encoder, reader).Run(toys.Corpus, toys.Store());
        Assert.Equal(2, report.Encoded);
        Assert.Contains("sample 100 (counted from 0, at 0.00625 s) is NaN", Assert.Single(report.Failures).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void So_it_does_whatever_reads_the_sound()
    {
        using var toys = new ToyCorpus(2);
        using var encoder = new ToyEncoder();
        var report = Extractor.Of(encoder, new BrokenReader { At = 321, Value = float.NaN }).Run(toys.Corpus, toys.Store());
        Assert.All(report.Failures, failure => Assert.Contains("sample 321 (counted from 0, at 0.020063 s) is NaN", failure.Reason, StringComparison.Ordinal));
        Assert.Equal(2, report.Failures.Count);
    }

    [Fact]
    public void A_sample_beyond_any_scale_is_blamed_before_the_precision()
    {
        using var toys = new ToyCorpus(1);
        using var encoder = new ToyEncoder { Name = "broken", Offset = float.NaN };
        var report = Extractor.Of(encoder, new BrokenReader { At = 321, Value = 1e30f }).Run(toys.Corpus, toys.Store());
        var reason = Assert.Single(report.Failures).Reason;
        Assert.Contains("the clip's sample 321 (counted from 0, at 0.020063 s) is 1E+30, where samples lie between -1 and 1.", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("bfloat16", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_film_is_written_with_such_sound()
    {
        var error = Assert.Throws<ArgumentException>(() => MediaWriter.WriteMp4(Path.Combine(folder, "a.mp4"), [new byte[3072]], 32, 32, 25, [0, float.NaN, 0]));
        Assert.Contains("audio must hold finite numbers, but sample 1 (counted from 0, at 0.000063 s) is NaN.", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static void AssertRefused(string path, string words, params Action[] calls)
    {
        foreach (var call in calls)
        {
            var error = Assert.Throws<MediaException>(call);
            Assert.StartsWith(path + ": ", error.Message, StringComparison.Ordinal);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    private sealed class BrokenReader : IMediaReader
    {
        public int At { get; init; }

        public float Value { get; init; }

        public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
        {
            var waveform = new float[2000];
            waveform[At] = Value;
            return waveform;
        }

        public MediaInfo Probe(string path, CancellationToken cancellation = default) => throw new NotSupportedException();

        public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
