namespace Affect.Tests.Media;

/// <summary>Names of media files are data: each of these lies beside what a careless reader would open instead.</summary>
public sealed class HostileNameTests : IDisposable
{
    private static readonly byte[] Loud = Wave(0.9f);
    private static readonly byte[] Quiet = Wave(0.2f);
    private readonly string folder = Path.GetRelativePath(Environment.CurrentDirectory, Directory.CreateDirectory($"names-{Guid.NewGuid():N}").FullName);
    private readonly List<string> made = [];
    private readonly Ffmpeg reader = new();

    public static TheoryData<string> Names => new()
    {
        "-i.wav", "-", "a%03d.wav", "concat:x|x", "pipe:0", "file:x", "http://x.wav", "data:,x", "subfile,,start,0,end,9,,:x", "x#t=1?y", "*.wav", " spaces at both ends ", "quote'.wav",
        "double\".wav", "back\\slash.wav", "new\nline\t.wav", "$(touch pwned)`x`;b&c|d.wav", "~", "żółw-Жук-虫-🐞.wav", "[0]=a,b", "\u001b[31m.wav",
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_bare_relative_name_is_opened_as_exactly_that_file(string name)
    {
        // In the working folder itself: with a folder in front no name would look like an option or a protocol.
        WriteAt(Made(name), Quiet);
        foreach (var decoy in (string[])["x", "x.wav", "a001.wav", "a000.wav", "0"]) WriteAt(Made(decoy), Loud);

        // At another rate, so that ffmpeg itself has to open the file.
        Assert.InRange(reader.DecodeAudio(name, sampleRate: 8000).Max(), 0.18f, 0.22f);
    }

    [Theory]
    [InlineData("-i.wav")]
    [InlineData("a%03d.wav")]
    [InlineData("concat:x")]
    public void So_it_is_probed(string name)
    {
        WriteAt(Made(name), Quiet);
        Assert.Equal("wav", reader.Probe(name).Container);
    }

    [Fact]
    public void A_name_that_goes_on_with_options_is_opened_as_that_file_and_writes_no_other()
    {
        // What quotes an argument by itself, as FFMpegCore does, takes plain.wav here, a tenth of a second of it, and writes the other.
        const string Name = "plain.wav\" -t 0.1 -y \"written-by-name.wav";
        WriteAt(Made(Name), Quiet);
        WriteAt(Made("plain.wav"), Loud);
        WriteAt(Own(Name), Quiet);
        WriteAt(Own("plain.wav"), Loud);

        foreach (var path in (string[])[Name, Own(Name)])
        {
            var samples = reader.DecodeAudio(path, sampleRate: 8000);
            Assert.InRange(samples.Max(), 0.18f, 0.22f);
            Assert.InRange(samples.Length, 3990, 4010);
            Assert.Equal(0.5, reader.Probe(path).DurationSeconds!.Value, 2);
            Assert.Throws<MediaException>(() => reader.DecodeFrames(path, 5, 32));
        }
        var film = Own("film.mp4\" -t 0.1 -y \"written-by-name.wav");
        MediaWriter.WriteMp4(film, [new byte[32 * 32 * 3]], 32, 32, 25, new float[640]);

        Assert.Equal(new[] { Own(Name), Own("plain.wav"), film }.Select(Path.GetFileName).Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(Environment.CurrentDirectory, "written-by-name*"));
    }

    [Theory]
    [InlineData("-y.mp4")]
    [InlineData("out%03d.mp4")]
    [InlineData("pipe:1")]
    [InlineData("new\nline 'and' \"quotes\" Ж.mp4")]
    public void A_film_is_written_under_exactly_the_name_given(string name)
    {
        var path = Own(name);
        MediaWriter.WriteMp4(path, [new byte[32 * 32 * 3]], 32, 32, 25, new float[640]);

        Assert.Equal([Path.GetFullPath(path)], Directory.GetFiles(Path.GetFullPath(folder)));
        Assert.Equal(32, reader.Probe(path).Video!.Width);
    }

    [Fact]
    public void A_pattern_of_pictures_is_refused_even_when_they_exist()
    {
        File.WriteAllBytes(Own("a%03d.png"), [1, 2, 3]);
        File.WriteAllBytes(Own("a001.png"), Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="));

        var error = Assert.Throws<MediaException>(() => reader.DecodeFrames(Own("a%03d.png"), 5, 32));

        Assert.Contains("its name or content is of the kind 'image2'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n", "hls")]
    [InlineData("list.wav", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n", "hls")]
    [InlineData("script.concat", "ffconcat version 1.0\nfile secret.wav\n", "concat")]
    [InlineData("script.mp4", "ffconcat version 1.0\nfile secret.wav\n", "concat")]
    [InlineData("session.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 4000 RTP/AVP 0\n", "sdp")]
    [InlineData("show.mpd", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" profiles=\"urn:mpeg:dash:profile:isoff-main:2011\"><Period/></MPD>", "dash")]
    public void A_text_that_points_at_another_file_is_not_followed(string name, string text, string kind)
    {
        WriteAt(Own("secret.wav"), Loud);
        File.WriteAllText(Own(name), text);

        foreach (var call in (Action[])[() => reader.DecodeAudio(Own(name)), () => reader.Probe(Own(name)), () => reader.DecodeFrames(Own(name), 5, 32)])
        {
            var error = Assert.Throws<MediaException>(call);
            Assert.Contains($"of the kind '{kind}'", error.Message, StringComparison.Ordinal);
            Assert.Contains("Playlists and scripts that name other files, pictures and texts are not read.", error.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        foreach (var name in made) File.Delete(name);
        if (Directory.Exists("http:")) Directory.Delete("http:", recursive: true);
    }

    private string Made(string name)
    {
        made.Add(name);
        return name;
    }

    private string Own(string name) => Path.Combine(folder, name);

    private static void WriteAt(string path, byte[] wave)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent) Directory.CreateDirectory(parent);
        File.WriteAllBytes(path, wave);
    }

    private static byte[] Wave(float amplitude)
    {
        var path = Path.GetTempFileName();
        WaveFile.Write(path, MediaFolder.Sine(seconds: 0.5, hertz: 440, amplitude), MediaFolder.SampleRate);
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }
}
