namespace Affect.Tests.Media;

public sealed class VideoFramesTests(MediaFolder folder) : IClassFixture<MediaFolder>
{
    private readonly Ffmpeg reader = new();

    [Theory]
    [InlineData(25, 50)]
    [InlineData(5, 10)]
    [InlineData(4, 8)]     // 6.25 pictures of the film apart
    [InlineData(1, 2)]
    [InlineData(0.2, 1)]   // the film is shorter than one interval
    [InlineData(50, 100)]  // every picture twice
    public void Picture_i_is_the_one_on_screen_at_i_over_the_rate(double framesPerSecond, int count)
    {
        var frames = reader.DecodeFrames(folder["film.mp4"], framesPerSecond, size: 32);

        Assert.Equal(count, frames.Count);
        for (var i = 0; i < count; i++)
        {
            var onScreen = Math.Floor(i / framesPerSecond * MediaFolder.FilmRate + 1e-9);
            // H.264 keeps a flat grey to a level or two; neighbouring pictures differ by five.
            Assert.InRange(frames[i][16 * 32 * 3], 5 * onScreen - 2, 5 * onScreen + 2);
        }
    }

    [Fact]
    public void Pictures_come_as_rows_of_red_green_blue_bytes()
    {
        // Left third red, middle green, right blue; 96 x 32, so that the middle square is green alone.
        var picture = new byte[96 * 32 * 3];
        for (var pixel = 0; pixel < 96 * 32; pixel++) picture[pixel * 3 + pixel % 96 / 32] = 255;
        MediaWriter.WriteMp4(folder["flag.mp4"], Enumerable.Repeat(picture, 3), 96, 32, 25, new float[1920]);

        var crop = reader.DecodeFrames(folder["flag.mp4"], 1, size: 32);
        var letterbox = new Ffmpeg(new FfmpegConfig { FrameFit = FrameFit.Letterbox }).DecodeFrames(folder["flag.mp4"], 1, size: 96);

        Assert.Equal(32 * 32 * 3, crop.Pixels.Length);
        AssertColour(crop, x: 16, y: 2, green: true);
        AssertColour(crop, x: 4, y: 30, green: true);
        AssertColour(letterbox, x: 8, y: 48, red: true);
        AssertColour(letterbox, x: 48, y: 48, green: true);
        AssertColour(letterbox, x: 88, y: 48, blue: true);
        AssertColour(letterbox, x: 48, y: 8);
        AssertColour(letterbox, x: 48, y: 88);
    }

    [Fact]
    public void Pixels_that_are_not_square_are_straightened()
    {
        // Stored as 96 x 64, shown at 3 : 1: a letterbox of 96 pixels holds 32 rows of picture.
        var frames = new Ffmpeg(new FfmpegConfig { FrameFit = FrameFit.Letterbox }).DecodeFrames(folder["wide-pixels.mp4"], 25, size: 96);

        int Level(int row) => frames[2][(row * 96 + 48) * 3];
        Assert.InRange(Level(48), 7, 13);
        Assert.InRange(Level(30), 0, 2);
        Assert.InRange(Level(66), 0, 2);
    }

    [Fact]
    public void A_picture_that_is_not_there_is_refused()
    {
        var frames = new VideoFrames(new byte[2 * 8 * 8 * 3], size: 8, framesPerSecond: 5);

        Assert.Equal(2, frames.Count);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => frames[2].ToArray());
        Assert.Contains("frame must be between 0 and 1", error.Message, StringComparison.Ordinal);
        var odd = Assert.Throws<ArgumentException>(() => new VideoFrames(new byte[100], size: 8, framesPerSecond: 5));
        Assert.Contains("whole pictures of 8 x 8 x 3 = 192 bytes, but are 100 bytes", odd.Message, StringComparison.Ordinal);
    }

    private static void AssertColour(VideoFrames frames, int x, int y, bool red = false, bool green = false, bool blue = false)
    {
        var pixel = frames[0].Slice((y * frames.Size + x) * 3, 3);
        // Primary colours lose something in 4:2:0, but none of their character.
        Assert.Equal((red, green, blue), (pixel[0] > 128, pixel[1] > 128, pixel[2] > 128));
    }
}
