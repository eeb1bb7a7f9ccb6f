namespace Affect.Tests.Encoders;

public sealed class PicturePreprocessingTests
{
    [Fact]
    public void Bytes_become_colours_first_and_normalised()
    {
        using var scope = NewDisposeScope();
        var pixels = new byte[8 * 8 * 3];
        (pixels[0], pixels[1], pixels[2]) = (255, 51, 0); // the first pixel's red, green, blue
        var input = (PicturePreprocessing.Vit with { Size = 8, Crop = 8 }).Apply(new VideoFrames(pixels, 8, framesPerSecond: 1));

        Assert.Equal([1, 3, 8, 8], input.shape);
        Assert.Equal(1, input[0, 0, 0, 0].ToSingle(), 1e-6);
        Assert.Equal(0.2 * 2 - 1, input[0, 1, 0, 0].ToSingle(), 1e-6);
        Assert.Equal(-1, input[0, 2, 7, 7].ToSingle(), 1e-6);
    }

    [Fact]
    public void The_middle_is_cut_out()
    {
        using var scope = NewDisposeScope();
        var pixels = new byte[12 * 12 * 3];
        pixels[(2 * 12 + 2) * 3] = 255; // row 2, column 2 is the first of the middle 8 x 8
        var input = (PicturePreprocessing.CLIP with { Size = 12, Crop = 8, Mean = [0, 0, 0], Deviation = [1, 1, 1] }).Apply(new VideoFrames(pixels, 12, 1));
        Assert.Equal([1, 3, 8, 8], input.shape);
        Assert.Equal(1, input[0, 0, 0, 0].ToSingle(), 1e-6);
        Assert.Equal(1, input.sum().ToSingle(), 1e-6);
    }

    [Theory]
    [InlineData("""{"size":20,"crop_size":16}""", 20, 16)]
    [InlineData("""{"size":{"shortest_edge":20},"crop_size":{"height":16,"width":16}}""", 20, 16)]
    [InlineData("""{"size":{"height":20,"width":20},"do_center_crop":false}""", 20, 20)]
    [InlineData("""{}""", 224, 224)]
    public void Sizes_are_read_in_every_spelling(string json, int size, int crop)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "preprocessor_config.json");
        File.WriteAllText(file, json);
        var read = PicturePreprocessing.Read(file, PicturePreprocessing.CLIP);
        Assert.Equal((size, crop), (read.Size, read.Crop));
        Assert.Equal(PicturePreprocessing.CLIP.Mean, read.Mean);
    }

    [Theory]
    [InlineData("""{"size":{"height":20,"width":30}}""", "'size' must be of equal height and width")]
    [InlineData("""{"size":16,"crop_size":20}""", "crop_size must be at most size = 16, but is 20")]
    [InlineData("""{"image_mean":[0.5]}""", "Mean must hold three numbers")]
    [InlineData("""{"image_std":[0.5,0,0.5]}""", "Deviation must be above 0")]
    public void What_makes_no_sense_is_refused_with_the_files_name(string json, string message)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "preprocessor_config.json");
        File.WriteAllText(file, json);
        var error = Assert.Throws<FormatException>(() => PicturePreprocessing.Read(file, PicturePreprocessing.CLIP));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
