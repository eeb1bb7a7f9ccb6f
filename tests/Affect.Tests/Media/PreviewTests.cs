namespace Affect.Tests.Media;

public sealed class PreviewTests(MediaFolder media) : IClassFixture<MediaFolder>
{
    private readonly Ffmpeg ffmpeg = new();

    [Theory]
    [InlineData("sound.wav", "audio/mpeg")]
    [InlineData("sound.webm", "audio/mpeg")]
    [InlineData("cover.mp3", "audio/mpeg")]
    [InlineData("film.mp4", "video/mp4")]
    [InlineData("silent.mp4", "video/mp4")]
    public void A_preview_holds_the_whole_of_a_short_recording(string name, string type)
    {
        var preview = MediaPreview.Of(media[name]);
        Assert.Equal(type, preview.MimeType);
        Assert.Equal(2, preview.Seconds, tolerance: 0.1);
        var info = ffmpeg.Probe(media.Write("preview" + (type == "video/mp4" ? ".mp4" : ".mp3"), preview.Bytes));
        Assert.Equal(type == "video/mp4", info.Video is not null);
        Assert.Equal(name != "silent.mp4", info.Audio is not null);
    }

    [Fact]
    public void A_preview_is_cut_until_it_fits_and_is_the_same_every_time()
    {
        var small = new MediaPreviewConfig { MostBytes = 4000, SoundBitRate = 24_000 };
        var preview = MediaPreview.Of(media["sound.wav"], small);
        Assert.InRange(preview.Bytes.Length, 1000, 4000);
        Assert.True(preview.Seconds < 1.5, $"{preview.Seconds} s");
        Assert.Equal(2, preview.FullSeconds!.Value, tolerance: 0.01);
        Assert.Equal(preview.Bytes, MediaPreview.Of(media["sound.wav"], small).Bytes);
    }

    [Fact]
    public void Stills_stand_in_the_middles_of_equal_parts()
    {
        var stills = VideoStill.Of(media["film.mp4"], count: 4, size: 32);
        Assert.Equal([0.25, 0.75, 1.25, 1.75], stills.Select(still => Math.Round(still.Seconds, 2)));
        Assert.All(stills, still => Assert.Equal([0xFF, 0xD8], still.Jpeg[..2]));
        Assert.Equal(4, stills.Select(still => Convert.ToBase64String(still.Jpeg)).Distinct().Count());
    }

    [Fact]
    public void A_recording_without_pictures_has_no_stills() => Assert.Contains(
        "expected video, but the file holds only audio", Assert.Throws<MediaException>(() => VideoStill.Of(media["sound.wav"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_no_recording_has_no_preview() => Assert.Throws<MediaException>(() => MediaPreview.Of(media.Write("notes.mp4", "no film")));
}
