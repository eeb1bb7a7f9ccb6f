namespace Affect.Tests.Media;

public sealed class BadMediaTests(MediaFolder folder) : IClassFixture<MediaFolder>
{
    private readonly Ffmpeg reader = new();

    [Fact]
    public void What_is_no_clip_is_refused_with_what_it_is_and_what_to_do()
    {
        var noise = new byte[20000];
        new Random(1).NextBytes(noise);
        AssertRefused(folder["absent.wav"], "there is no such file. Check the path or the manifest's folder.");
        AssertRefused("absent.wav", $"there is no such file under {Environment.CurrentDirectory}");
        AssertRefused(folder.Path, "expected a media file, but it is a folder. Name one file in it.");
        AssertRefused(folder.Write("empty.mp4", ""), "it is empty (0 bytes)");
        AssertRefused("a\0b.wav", "no file can have a NUL character in its name");
        AssertRefused(folder.Write("text.wav", "Dear diary,\n"), "its content is none that ffmpeg knows");
        AssertRefused(folder.Write("noise.wav", noise), "its content is none that ffmpeg knows (Invalid data found when processing input)");
        AssertRefused(folder.Write("header.wav", File.ReadAllBytes(folder["sound.wav"])[..44]), "it promises 2.00 s, but its audio ends after 0.00 s");
        AssertRefused(folder["silent.mp4"], "expected audio, but the file holds only video. Use a clip with audio, or leave this modality out.");
    }

    [Theory]
    [InlineData("sound.wav")]
    [InlineData("sound.flac")]
    [InlineData("sound.mp3")]
    [InlineData("sound.aiff")]
    [InlineData("sound.webm")]
    [InlineData("index-first.mp4")]
    [InlineData("film.mkv")]
    public void A_truncated_recording_is_refused_with_what_it_promises_and_holds(string name)
    {
        var error = Assert.Throws<MediaException>(() => reader.DecodeAudio(folder.Truncated(name, 0.6)));

        Assert.Matches(@"the file is truncated or damaged: it promises 2\.\d\d s, but its audio ends after [01]\.\d\d s", error.Message);
        Assert.Contains("Copy or download it again", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("film.mp4", "an mp4 file's index is missing (moov atom not found)")]
    [InlineData("film.avi", "its last packet is cut short")]
    public void A_truncated_film_is_refused(string name, string words) => AssertRefused(folder.Truncated(name, 0.55), words);

    [Theory]
    [InlineData("index-first.mp4")]
    [InlineData("film.mkv")]
    public void A_truncated_film_gives_no_pictures_either(string name)
    {
        var error = Assert.Throws<MediaException>(() => reader.DecodeFrames(folder.Truncated(name, 0.6), 5, 32));
        Assert.Contains("truncated or damaged", error.Message, StringComparison.Ordinal);
        Assert.Contains("but its video ends after", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sound.wav")]
    [InlineData("sound.flac")]
    [InlineData("index-first.mp4")]
    public void What_a_truncated_file_still_holds_can_be_had_on_request(string name)
    {
        var lenient = new Ffmpeg(new FfmpegConfig { AcceptTruncated = true });
        Assert.InRange(lenient.DecodeAudio(folder.Truncated(name, 0.6)).Length, 8000, 26000);
    }

    [Fact]
    public void A_header_a_few_samples_off_is_forgiven()
    {
        var bytes = File.ReadAllBytes(folder["sound.wav"]);
        Assert.Equal(31000, reader.DecodeAudio(folder.Write("off.wav", bytes[..^2000])).Length);
    }

    [Theory]
    [InlineData("sound.flac")]
    [InlineData("cover.mp3")]
    public void Audio_without_video_is_told_even_when_it_has_a_cover(string name)
    {
        var error = Assert.Throws<MediaException>(() => reader.DecodeFrames(folder[name], 5, 32));
        Assert.Contains("expected video, but the file holds only audio.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16000)]
    [InlineData(22050)]
    public void Audio_of_zero_length_is_told(int sampleRate)
    {
        WaveFile.Write(folder["zero.wav"], [], sampleRate);
        AssertRefused(folder["zero.wav"], "expected audio, but the file's audio is of zero length. Leave the clip out of the manifest.");
    }

    [Fact]
    public void Damage_without_end_makes_a_short_error()
    {
        var noisy = folder.Program("noisy", "i=0; while [ $i -lt 20000 ]; do echo \"[x @ 0x$i] [error] broken $i\" >&2; i=$((i+1)); done; exit 1");
        var error = Assert.Throws<MediaException>(() => new Ffmpeg(new FfmpegConfig { Program = noisy }).DecodeAudio(folder["sound.flac"]));
        Assert.InRange(error.Message.Length, 50, 1000);
        Assert.Contains("x: broken 0; x: broken 1;", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_ffmpeg_is_no_clips_fault_and_says_how_to_get_it()
    {
        var without = new Ffmpeg(new FfmpegConfig { Program = "no-such-ffmpeg", ProbeProgram = "no-such-ffprobe" });

        foreach (var call in (Action[])[() => without.DecodeAudio(folder["sound.flac"]), () => without.DecodeFrames(folder["film.mp4"], 5, 32), () => without.Probe(folder["film.mp4"])])
        {
            var error = Assert.Throws<FileNotFoundException>(call);
            Assert.StartsWith("no-such-ff", error.Message, StringComparison.Ordinal);
            Assert.Contains("./lab setup installs it", error.Message, StringComparison.Ordinal);
            Assert.Contains("apt install ffmpeg", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_argument_out_of_range_is_named()
    {
        Assert.Contains("sampleRate must be between", Assert.Throws<ArgumentOutOfRangeException>(() => reader.DecodeAudio(folder["sound.wav"], 0)).Message, StringComparison.Ordinal);
        Assert.Contains("size must be between", Assert.Throws<ArgumentOutOfRangeException>(() => reader.DecodeFrames(folder["film.mp4"], 5, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("framesPerSecond must be between", Assert.Throws<ArgumentOutOfRangeException>(() => reader.DecodeFrames(folder["film.mp4"], double.NaN, 32)).Message, StringComparison.Ordinal);
        Assert.Contains("StallSeconds must be between", Assert.Throws<ArgumentOutOfRangeException>(() => new FfmpegConfig { StallSeconds = 0 }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_is_one_line_whatever_the_name_holds()
    {
        var error = new MediaException("a\nb\u001b[31m\u202e.wav", "is broken.");
        Assert.Equal("a\\nb\\u001b[31m\\u202e.wav: is broken.", error.Message);
        Assert.Equal("a\nb\u001b[31m\u202e.wav", error.MediaPath);
    }

    private void AssertRefused(string path, string words)
    {
        var error = Assert.Throws<MediaException>(() => reader.DecodeAudio(path));
        Assert.Equal(path, error.MediaPath);
        var name = path.Replace("\0", "\\u0000", StringComparison.Ordinal);
        Assert.StartsWith(name + ": ", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        // ffmpeg's addresses say nothing to a reader; a temporary folder's random name may hold these letters.
        Assert.DoesNotContain("0x", error.Message.Replace(name, "PATH", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
