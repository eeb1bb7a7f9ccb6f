namespace Affect.Tests.Media;

public sealed class TrackChoiceTests(MediaFolder folder) : IClassFixture<MediaFolder>
{
    private readonly Ffmpeg reader = new();

    [Fact]
    public void The_sound_marked_default_is_the_clips()
    {
        var path = Repository.Golden("media", "second-default.mkv");
        // The first track is 1000 Hz at 0.125, the second 256 Hz at 0.53.
        Assert.InRange(MediaFolder.Hertz(reader.DecodeAudio(path)), 254, 258);
        Assert.InRange(MediaFolder.Peak(reader.DecodeAudio(path)), 0.5f, 0.56f);
        Assert.Equal(2, reader.Probe(path).Audio!.Index);
    }

    [Theory]
    [InlineData("0", "default", 600)]
    [InlineData("default", "0", 300)]
    [InlineData("0", "0", 300)]
    [InlineData("default", "default", 300)]
    [InlineData("comment", "0", 600)]              // mp4's writer marks the first default where nobody chose one
    [InlineData("comment", "default", 600)]
    [InlineData("default", "comment", 300)]
    [InlineData("0", "default+comment", 300)]
    [InlineData("visual_impaired", "0", 600)]
    [InlineData("comment", "comment+default", 600)]
    public void Marks_choose_between_sounds_in_any_container(string first, string second, int hertz)
    {
        foreach (var container in (string[])["mkv", "mp4"])
        {
            var path = folder[$"sounds-{first}-{second}.{container}"];
            MediaFolder.Ffmpeg("-f", "lavfi", "-i", "sine=300:r=16000:d=1", "-f", "lavfi", "-i", "sine=600:r=16000:d=1,aformat=channel_layouts=stereo", "-map", "0", "-map", "1",
                "-c:a", "aac", "-disposition:a:0", first, "-disposition:a:1", second, path);

            Assert.InRange(MediaFolder.Hertz(reader.DecodeAudio(path)), hertz - 4, hertz + 4);
            Assert.Equal(hertz == 300 ? 0 : 1, reader.Probe(path).Audio!.Index);
            var preview = folder.Write("preview.mp3", MediaPreview.Of(path).Bytes);
            Assert.InRange(MediaFolder.Hertz(reader.DecodeAudio(preview)), hertz - 4, hertz + 4);
        }
    }

    [Theory]
    [InlineData("0", "default", 'g')]
    [InlineData("default", "0", 'r')]
    [InlineData("0", "0", 'r')]
    [InlineData("comment", "0", 'g')]
    [InlineData("attached_pic", "0", 'g')]
    [InlineData("attached_pic", "default", 'g')]
    public void So_they_do_between_pictures(string first, string second, char colour)
    {
        var path = folder[$"films-{first}-{second}.mp4"];
        // Only pictures in a picture's codec can be marked as a cover.
        var (seconds, codec) = first == "attached_pic" ? ("0.1", "png") : ("2", "libx264");
        MediaFolder.Ffmpeg(
            "-f", "lavfi", "-i", $"color=red:s=64x64:r=10:d={seconds}", "-f", "lavfi", "-i", "color=lime:s=32x32:r=10:d=1", "-map", "0", "-map", "1",
            "-c:v:0", codec, "-c:v:1", "libx264", "-pix_fmt:v:1", "yuv420p", "-disposition:v:0", first, "-disposition:v:1", second, path);

        var frames = reader.DecodeFrames(path, 10, size: 16);
        Assert.Equal(colour == 'r' ? 20 : 10, frames.Count);
        Assert.Equal(colour == 'r', frames[3][0] > 128);
        Assert.Equal(colour == 'g', frames[3][1] > 128);
        Assert.Equal(colour == 'r' ? 64 : 32, reader.Probe(path).Video!.Width);
        Assert.Equal(4, VideoStill.Of(path, count: 4, size: 16).Count);
        var preview = reader.DecodeFrames(folder.Write("preview.mp4", MediaPreview.Of(path).Bytes), 10, size: 16);
        Assert.Equal(colour == 'g', preview[3][1] > 128);
    }

    [Fact]
    public void A_cover_that_bears_no_mark_is_not_taken_for_the_film()
    {
        MediaFolder.Ffmpeg("-f", "lavfi", "-i", "color=red:s=64x64:r=10:d=0.1", "-f", "lavfi", "-i", "color=lime:s=32x32:r=10:d=1", "-map", "0", "-map", "1",
            "-c:v:0", "png", "-c:v:1", "libx264", "-pix_fmt:v:1", "yuv420p", folder["unmarked.mkv"]);
        Assert.Equal(10, reader.DecodeFrames(folder["unmarked.mkv"], 10, size: 16).Count);
        Assert.Equal(32, reader.Probe(folder["unmarked.mkv"]).Video!.Width);
    }

    [Fact]
    public void A_sound_without_codec_before_the_default_one_does_no_harm()
    {
        // The first track's codec is one that no ffmpeg knows.
        MediaFolder.Ffmpeg("-f", "lavfi", "-i", "sine=300:r=16000:d=1", "-f", "lavfi", "-i", "sine=600:r=16000:d=1", "-map", "0", "-map", "1",
            "-c:a:0", "mp2", "-c:a:1", "aac", "-disposition:a:0", "0", "-disposition:a:1", "default", folder["codecs.mkv"]);
        var bytes = File.ReadAllBytes(folder["codecs.mkv"]);
        var name = bytes.AsSpan().IndexOf("A_MPEG/L2"u8);
        "A_XXXX/L2"u8.CopyTo(bytes.AsSpan(name));
        Assert.InRange(MediaFolder.Hertz(reader.DecodeAudio(folder.Write("unknown-codec.mkv", bytes))), 596, 604);
    }
}
