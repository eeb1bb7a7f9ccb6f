namespace Affect.Tests.Media;

public sealed class MediaWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-writer-").FullName;
    private readonly float[] sound = MediaFolder.Sine(seconds: 1, hertz: 300, amplitude: 0.5f);

    private string Path => In("clip.mp4");

    [Fact]
    public void What_is_written_reads_back_as_the_same_clip()
    {
        MediaWriter.WriteMp4(Path, MediaFolder.Film(64, 48), 64, 48, framesPerSecond: 12.5, MediaFolder.Sine(4, 300, 0.5f));
        var reader = new Ffmpeg();

        var info = reader.Probe(Path);
        Assert.Equal(12.5, info.Video!.FramesPerSecond!.Value, tolerance: 0.01);
        Assert.Equal(4.0, info.DurationSeconds!.Value, tolerance: 0.1);
        var waveform = reader.DecodeAudio(Path);
        Assert.InRange(MediaFolder.Hertz(waveform), 298, 302);
        Assert.InRange(MediaFolder.Peak(waveform), 0.47f, 0.53f);
        var frames = reader.DecodeFrames(Path, 12.5, 48);
        Assert.Equal(MediaFolder.FilmFrames, frames.Count);
        Assert.All(Enumerable.Range(0, frames.Count), i => Assert.InRange(frames[i][24 * 48 * 3], 5 * i - 2, 5 * i + 2));
    }

    [Fact]
    public void The_same_clip_gives_the_same_bytes()
    {
        var again = In("another name.mp4");
        MediaWriter.WriteMp4(Path, MediaFolder.Film(96, 64), 96, 64, 25, sound);
        MediaWriter.WriteMp4(again, MediaFolder.Film(96, 64), 96, 64, 25, sound);

        Assert.Equal(File.ReadAllBytes(Path), File.ReadAllBytes(again));
    }

    [Fact]
    public void A_clip_that_cannot_be_finished_leaves_what_was_there()
    {
        File.WriteAllText(Path, "before");

        var short_ = Assert.Throws<ArgumentException>(() => MediaWriter.WriteMp4(Path, [new byte[3072], new byte[3000]], 32, 32, 25, sound));
        Assert.Contains("pictures of 32 x 32 x 3 = 3072 bytes, but picture 1 has 3000", short_.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => MediaWriter.WriteMp4(Path, Failing(), 32, 32, 25, sound));

        Assert.Equal("before", File.ReadAllText(Path));
        Assert.Equal([Path], Directory.GetFiles(folder));
    }

    [Fact]
    public void Cancelling_leaves_no_file()
    {
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => MediaWriter.WriteMp4(Path, Cancelling(cancel), 32, 32, 25, sound, cancellation: cancel.Token));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Arguments_that_make_no_clip_are_named()
    {
        Assert.Contains("width and height must be even, but were 33 x 32", Refused(width: 33), StringComparison.Ordinal);
        Assert.Contains("framesPerSecond must be between", Refused(rate: 0), StringComparison.Ordinal);
        Assert.Contains("audio must hold at least one sample", Refused(audio: []), StringComparison.Ordinal);
        Assert.Contains("rgbFrames must hold at least one picture", Refused(frames: []), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_of_input_and_output()
    {
        File.WriteAllText(In("file"), "");
        var below = In("file", "clip.mp4");
        var error = Assert.Throws<MediaException>(() => MediaWriter.WriteMp4(below, [new byte[3072]], 32, 32, 25, sound));
        Assert.StartsWith(below + ": could not be written", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clips_written_together_are_the_bytes_of_clips_written_alone()
    {
        var movies = Enumerable.Range(1, 5).Select(seconds => new Movie(
            In("together", $"{seconds}.mp4"), MediaFolder.Film(64, 48).Take(7 * seconds), MediaFolder.Sine(seconds, 200 + 40 * seconds, 0.5f))).ToArray();
        MediaWriter.WriteTogether(movies, 64, 48, 12.5, 16000, CancellationToken.None);
        foreach (var movie in movies)
        {
            var alone = In("alone", System.IO.Path.GetFileName(movie.Path));
            MediaWriter.WriteMp4(alone, movie.RgbFrames, 64, 48, 12.5, movie.Audio, 16000);
            Assert.Equal(File.ReadAllBytes(alone), File.ReadAllBytes(movie.Path));
        }
        Assert.Equal(5, Directory.GetFiles(In("together")).Length);
    }

    [Fact]
    public void One_clip_that_cannot_be_finished_leaves_all_as_they_were()
    {
        File.WriteAllText(In("a.mp4"), "before");
        Movie[] movies = [new(In("a.mp4"), [new byte[3072]], sound), new(In("b.mp4"), [new byte[3072], new byte[3000]], sound)];
        var error = Assert.Throws<ArgumentException>(() => MediaWriter.WriteTogether(movies, 32, 32, 25, 16000, CancellationToken.None));
        Assert.Contains("but picture 1 has 3000", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => MediaWriter.WriteTogether([movies[0], movies[1] with { RgbFrames = [] }], 32, 32, 25, 16000, CancellationToken.None));
        using var cancel = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => MediaWriter.WriteTogether([movies[0], movies[1] with { RgbFrames = Cancelling(cancel) }], 32, 32, 25, 16000, cancel.Token));

        Assert.Equal("before", File.ReadAllText(In("a.mp4")));
        Assert.Equal([In("a.mp4")], Directory.GetFiles(folder));
    }

    [Fact]
    public void One_folder_that_cannot_be_made_is_told_of()
    {
        File.WriteAllText(In("file"), "");
        Movie[] movies = [new(In("a.mp4"), [new byte[3072]], new float[640]), new(In("file", "b.mp4"), [new byte[3072]], new float[640])];
        var error = Assert.Throws<MediaException>(() => MediaWriter.WriteTogether(movies, 32, 32, 25, 16000, CancellationToken.None));
        Assert.Contains("could not be written", error.Message, StringComparison.Ordinal);
        Assert.Equal([In("file")], Directory.GetFiles(folder));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string In(params string[] names) => System.IO.Path.Combine([folder, .. names]);

    private string Refused(int width = 32, double rate = 25, float[]? audio = null, byte[][]? frames = null) =>
        Assert.ThrowsAny<ArgumentException>(() => MediaWriter.WriteMp4(Path, frames ?? [new byte[3072]], width, 32, rate, audio ?? sound)).Message;

    private static IEnumerable<byte[]> Failing()
    {
        yield return new byte[3072];
        throw new InvalidOperationException("the drawing failed");
    }

    private static IEnumerable<byte[]> Cancelling(CancellationTokenSource cancel)
    {
        yield return new byte[3072];
        cancel.Cancel();
        yield return new byte[3072];
    }
}
