namespace Affect.Tests.Media;

public sealed class FfmpegTests(MediaFolder folder) : IClassFixture<MediaFolder>
{
    private readonly Ffmpeg reader = new();

    [Theory]
    [InlineData("sound.wav")]
    [InlineData("sound.flac")]
    [InlineData("sound.mp3")]
    [InlineData("sound.ogg")]
    [InlineData("sound.m4a")]
    [InlineData("sound.webm")]
    [InlineData("sound.aiff")]
    [InlineData("stereo.flac")]
    [InlineData("stereo.wav")]
    [InlineData("film.mp4")]
    [InlineData("film.mkv")]
    [InlineData("film.avi")]
    public void Any_container_gives_the_same_sound_at_the_same_loudness(string name)
    {
        var waveform = reader.DecodeAudio(folder[name]);

        Assert.InRange(waveform.Length, 31600, 34500);
        Assert.InRange(MediaFolder.Hertz(waveform), 438, 442);
        // Two equal channels are as loud as one: ffmpeg's own default for float samples is sqrt 2 louder.
        Assert.InRange(MediaFolder.Peak(waveform), 0.23f, 0.27f);
    }

    [Fact]
    public void Lossless_audio_arrives_bit_for_bit_whether_ffmpeg_reads_it_or_we_do()
    {
        var direct = reader.DecodeAudio(folder["sound.wav"]);

        Assert.Equal(direct, reader.DecodeAudio(folder["sound.flac"]));
        Assert.Equal(direct, WaveFile.Read(folder["sound.wav"]).Waveform);
        Assert.All(direct.Zip(folder.Sound), pair => Assert.Equal(pair.Second, pair.First, tolerance: 1f / 32768));
    }

    [Fact]
    public void A_wave_file_that_fits_is_read_without_starting_a_process()
    {
        var without = new Ffmpeg(new FfmpegConfig { Program = "no-such-program" });

        Assert.Equal(folder.Sound.Length, without.DecodeAudio(folder["sound.wav"]).Length);
        Assert.Equal(folder.Sound.Length, without.DecodeAudio(folder["stereo.wav"]).Length);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(24000)]
    [InlineData(48000)]
    public void Another_rate_may_be_asked_for(int sampleRate)
    {
        var waveform = reader.DecodeAudio(folder["sound.wav"], sampleRate);

        Assert.InRange(waveform.Length, 2 * sampleRate - 20, 2 * sampleRate + 20);
        Assert.InRange(MediaFolder.Hertz(waveform, sampleRate), 438, 442);
    }

    [Fact]
    public void A_recording_of_many_blocks_arrives_whole()
    {
        var noise = new Random(7);
        float[] waveform = [.. Enumerable.Range(0, 600_000).Select(_ => noise.Next(-30000, 30000) / 32768f)];
        WaveFile.Write(folder["long.wav"], waveform, sampleRate: 8000);

        // The same rate twice, once through ffmpeg: 2.4 MB of its pipe.
        MediaFolder.Ffmpeg("-i", folder["long.wav"], folder["long.flac"]);
        Assert.Equal(waveform, reader.DecodeAudio(folder["long.flac"], sampleRate: 8000));
    }

    [Fact]
    public void Many_threads_may_decode_at_once()
    {
        var results = new float[12][];
        Parallel.For(0, results.Length, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => results[i] = reader.DecodeAudio(folder["sound.flac"]));

        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Probe_tells_what_a_film_holds()
    {
        var info = reader.Probe(folder["film.mp4"]);

        Assert.Contains("mp4", info.Container.Split(','));
        Assert.Equal(2.0, info.DurationSeconds!.Value, tolerance: 0.1);
        Assert.Equal(("aac", 16000, 1), (info.Audio!.Codec, info.Audio.SampleRate, info.Audio.Channels));
        Assert.Equal(("h264", 96, 64), (info.Video!.Codec, info.Video.Width, info.Video.Height));
        Assert.Equal(25.0, info.Video.FramesPerSecond!.Value, tolerance: 0.01);
    }

    [Fact]
    public void Probe_tells_sound_alone_from_film_alone_and_counts_no_cover_picture()
    {
        Assert.Null(reader.Probe(folder["sound.flac"]).Video);
        Assert.Null(reader.Probe(folder["silent.mp4"]).Audio);
        Assert.Null(reader.Probe(folder["cover.mp3"]).Video);
        Assert.Equal("mp3", reader.Probe(folder["cover.mp3"]).Audio!.Codec);
    }
}
