namespace Affect.Tests.Media;

public sealed class MoviesTogetherTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-writer-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Clips_written_together_are_the_bytes_of_clips_written_alone()
    {
        var movies = Enumerable.Range(1, 5).Select(seconds => new Movie(
            In("together", $"{seconds}.mp4"), MediaFolder.Film(64, 48).Take(7 * seconds), MediaFolder.Sine(seconds, 200 + 40 * seconds, 0.5f))).ToArray();
        MediaWriter.WriteTogether(movies, 64, 48, 12.5, 16000, CancellationToken.None);
        foreach (var movie in movies)
        {
            var alone = In("alone", Path.GetFileName(movie.Path));
            MediaWriter.WriteMp4(alone, movie.RgbFrames, 64, 48, 12.5, movie.Audio, 16000);
            Assert.Equal(File.ReadAllBytes(alone), File.ReadAllBytes(movie.Path));
        }
        Assert.Equal(5, Directory.GetFiles(In("together")).Length);
    }

    [Fact]
    public void One_clip_that_cannot_be_finished_leaves_all_as_they_were()
    {
        File.WriteAllText(In("a.mp4"), "before");
        var sound = MediaFolder.Sine(1, 300, 0.5f);
        Movie[] movies = [new(In("a.mp4"), [new byte[3072]], sound), new(In("b.mp4"), [new byte[3072], new byte[3000]], sound)];
        var error = Assert.Throws<ArgumentException>(() => MediaWriter.WriteTogether(movies, 32, 32, 25, 16000, CancellationToken.None));
        Assert.Contains("but picture 1 has 3000", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MediaWriter.WriteTogether([movies[0], movies[1] with { RgbFrames = [] }], 32, 32, 25, 16000, CancellationToken.None));
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => MediaWriter.WriteTogether([movies[0], movies[1] with { RgbFrames = Cancelling() }], 32, 32, 25, 16000, cancel.Token));

        Assert.Equal("before", File.ReadAllText(In("a.mp4")));
        Assert.Equal([In("a.mp4")], Directory.GetFiles(folder));

        IEnumerable<byte[]> Cancelling()
        {
            yield return new byte[3072];
            cancel.Cancel();
            yield return new byte[3072];
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_of()
    {
        File.WriteAllText(In("file"), "");
        Movie[] movies = [new(In("a.mp4"), [new byte[3072]], new float[640]), new(In("file", "b.mp4"), [new byte[3072]], new float[640])];
        var error = Assert.Throws<MediaException>(() => MediaWriter.WriteTogether(movies, 32, 32, 25, 16000, CancellationToken.None));
        Assert.Contains("could not be written", error.Message, StringComparison.Ordinal);
        Assert.Equal([In("file")], Directory.GetFiles(folder));
    }

    private string In(params string[] names) => Path.Combine([folder, .. names]);
}
