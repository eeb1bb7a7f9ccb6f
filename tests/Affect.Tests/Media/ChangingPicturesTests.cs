namespace Affect.Tests.Media;

/// <summary>Streams whose pictures change on the way: one second each of several colours, every one in its own form.</summary>
public sealed class ChangingPicturesTests(MediaFolder folder) : IClassFixture<MediaFolder>
{
    private readonly Ffmpeg reader = new();

    [Theory]
    [InlineData(10, 10)]
    [InlineData(5, 5)]
    [InlineData(2.5, 2.5)]
    [InlineData(20, 20)]
    public void Pictures_that_change_their_size_keep_their_times(double framesPerSecond, double each)
    {
        // 128 x 96, 64 x 48, 128 x 96, 192 x 144: red, green, blue, white.
        foreach (var fit in Enum.GetValues<FrameFit>())
        {
            var frames = new Ffmpeg(new FfmpegConfig { FrameFit = fit }).DecodeFrames(Repository.Golden("media", "sizes.mkv"), framesPerSecond, size: 32);
            Assert.Equal((int)(4 * each), frames.Count);
            for (var i = 0; i < frames.Count; i++) Assert.Equal((i, "rgbw"[(int)(i / each)]), (i, Colour(frames, i)));
        }
    }

    [Theory]
    [InlineData("size", "96x64", "64x96", "yuv420p", "yuv420p", "1", "1", 10, 10)]
    [InlineData("shrinking", "96x64", "48x32", "yuv420p", "yuv420p", "1", "1", 10, 10)]
    [InlineData("format", "96x64", "96x64", "yuv420p", "yuv444p", "1", "1", 10, 10)]
    [InlineData("shape", "96x64", "96x64", "yuv420p", "yuv420p", "1", "2", 10, 10)]
    [InlineData("rate", "96x64", "96x64", "yuv420p", "yuv420p", "1", "1", 10, 20)]
    [InlineData("rate-and-size", "96x64", "48x32", "yuv420p", "yuv420p", "1", "1", 20, 5)]
    public void So_do_those_that_change_anything_else(string name, string size, string other, string format, string otherFormat, string shape, string otherShape, int rate, int otherRate)
    {
        var path = Joined(name, [("red", size, format, shape, rate), ("lime", other, otherFormat, otherShape, otherRate), ("blue", size, format, shape, rate)]);

        var frames = reader.DecodeFrames(path, 10, size: 32);

        Assert.Equal(30, frames.Count);
        for (var i = 0; i < 30; i++) Assert.Equal((i, "rgb"[i / 10]), (i, Colour(frames, i)));
    }

    [Fact]
    public void Each_picture_is_made_square_by_its_own_shape()
    {
        // 96 x 64 of pixels as they are, then twice as wide: of 32 rows 21 show the picture, then 11.
        var path = Joined("wider", [("red", "96x64", "yuv420p", "1", 10), ("lime", "96x64", "yuv420p", "2", 10)]);
        var frames = new Ffmpeg(new FfmpegConfig { FrameFit = FrameFit.Letterbox }).DecodeFrames(path, 10, size: 32);

        int Rows(int frame) => Enumerable.Range(0, 32).Count(row => frames[frame].Slice((row * 32 + 16) * 3, 3).ToArray().Max() > 128);
        Assert.InRange(Rows(5), 20, 22);
        Assert.InRange(Rows(15), 10, 12);
    }

    [Fact]
    public void A_changed_picture_is_the_same_picture_as_one_of_a_steady_stream()
    {
        var steady = Joined("steady", [("0x336699", "160x64", "yuv420p", "1", 10)]);
        var changing = Joined("changed", [("0x336699", "64x64", "yuv420p", "1", 10), ("0x336699", "160x64", "yuv420p", "1", 10)]);
        foreach (var fit in Enum.GetValues<FrameFit>())
        {
            var media = new Ffmpeg(new FfmpegConfig { FrameFit = fit });
            var (expected, found) = (media.DecodeFrames(steady, 10, 32), media.DecodeFrames(changing, 10, 32));
            Assert.Equal(20, found.Count);
            Assert.All(expected[5].ToArray().Zip(found[15].ToArray()), pair => Assert.InRange(pair.Second, pair.First - 3, pair.First + 3));
        }
    }

    [Fact]
    public void Pictures_in_all_stand_in_the_middles_of_their_parts_too()
    {
        var frames = FrameSampling.Uniform(8).Sample(reader, Repository.Golden("media", "sizes.mkv"), 32);
        Assert.Equal("rrggbbww", string.Concat(Enumerable.Range(0, frames.Count).Select(i => Colour(frames, i))));
    }

    [Fact]
    public void So_do_stills()
    {
        var stills = VideoStill.Of(Repository.Golden("media", "sizes.mkv"), count: 8, size: 32);
        Assert.Equal([0.25, 0.75, 1.25, 1.75, 2.25, 2.75, 3.25, 3.75], stills.Select(still => Math.Round(still.Seconds, 2)));
        Assert.Equal("rrggbbww", string.Concat(stills.Select((still, index) =>
        {
            var raw = folder[$"still{index}.rgb"];
            MediaFolder.Ffmpeg("-i", folder.Write($"still{index}.jpg", still.Jpeg), "-f", "rawvideo", "-pix_fmt", "rgb24", raw);
            return Colour(new VideoFrames(File.ReadAllBytes(raw), 32, 1), 0);
        })));
    }

    [Fact]
    public void So_does_a_preview()
    {
        var preview = MediaPreview.Of(Repository.Golden("media", "sizes.mkv"));
        var frames = reader.DecodeFrames(folder.Write("sizes-preview.mp4", preview.Bytes), 10, 32);
        Assert.InRange(frames.Count, 39, 41);
        // One picture early or late at a change is within what a preview may be off.
        foreach (var (at, colour) in new[] { (1, 'r'), (8, 'r'), (11, 'g'), (18, 'g'), (21, 'b'), (28, 'b'), (31, 'w'), (38, 'w') }) Assert.Equal((at, colour), (at, Colour(frames, at)));
    }

    [Fact]
    public void A_truncated_stream_that_changes_is_still_refused()
    {
        var bytes = File.ReadAllBytes(Repository.Golden("media", "sizes.mkv"));
        var error = Assert.Throws<MediaException>(() => reader.DecodeFrames(folder.Write("cut.mkv", bytes[..(int)(bytes.Length * 0.7)]), 10, 32));
        Assert.Contains("truncated or damaged", error.Message, StringComparison.Ordinal);
    }

    private static char Colour(VideoFrames frames, int frame)
    {
        var pixel = frames[frame].Slice((16 * frames.Size + 16) * 3, 3);
        return (pixel[0] > 128, pixel[1] > 100, pixel[2] > 128) switch
        {
            (true, false, false) => 'r',
            (false, true, false) => 'g',
            (false, false, true) => 'b',
            (true, true, true) => 'w',
            _ => '?',
        };
    }

    // MPEG transport streams repeat the description of their pictures, so one after another they make a stream that changes.
    private string Joined(string name, (string Colour, string Size, string Format, string Shape, int Rate)[] parts)
    {
        var list = new List<string>();
        foreach (var (index, part) in parts.Index())
        {
            var piece = folder[$"{name}-{index}.ts"];
            MediaFolder.Ffmpeg("-f", "lavfi", "-i", FormattableString.Invariant($"color={part.Colour}:s={part.Size}:r={part.Rate}:d=1,setsar={part.Shape},format={part.Format}"),
                "-c:v", "libx264", "-preset", "ultrafast", piece);
            list.Add($"file '{piece}'\nduration 1\n");
        }
        // Matroska has one shape of pixels for the whole file.
        var joined = folder[name + ".ts"];
        MediaFolder.Ffmpeg("-f", "concat", "-safe", "0", "-i", folder.Write(name + ".txt", string.Concat(list)), "-c", "copy", joined);
        return joined;
    }
}
