namespace Affect.Tests.Media;

/// <summary>Children are ended in time, and none is left behind.</summary>
public sealed class ChildTests(MediaFolder folder) : IClassFixture<MediaFolder>
{
    [Fact]
    public void A_child_that_hangs_is_ended_and_told()
    {
        var (reader, pidFile) = Hanging("hangs");

        var error = Assert.Throws<MediaException>(() => reader.DecodeAudio(folder["sound.flac"]));

        Assert.Contains("gave no sign of life for 0.3 s and was ended", error.Message, StringComparison.Ordinal);
        AssertGone(pidFile);
    }

    [Fact]
    public void Cancelling_ends_the_child_at_once()
    {
        var (reader, pidFile) = Hanging("is-cancelled", stallSeconds: 60);
        using var cancel = new CancellationTokenSource(millisecondsDelay: 200);
        var watch = Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() => reader.DecodeFrames(folder["film.mp4"], 5, 32, cancel.Token));

        Assert.InRange(watch.Elapsed.TotalSeconds, 0.1, 10);
        AssertGone(pidFile);
    }

    [Fact]
    public void A_call_that_is_cancelled_before_it_starts_starts_nothing()
    {
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();
        var without = new Ffmpeg(new FfmpegConfig { Program = "no-such-ffmpeg" });

        Assert.ThrowsAny<OperationCanceledException>(() => without.DecodeAudio(folder["sound.flac"], cancellation: cancel.Token));
    }

    [Fact]
    public void A_child_is_gone_after_an_ordinary_call_too()
    {
        var pidFile = folder["pid-ordinary"];
        var program = folder.Program("ordinary", $"echo $$ > '{pidFile}'; exec ffmpeg \"$@\"");

        new Ffmpeg(new FfmpegConfig { Program = program }).DecodeAudio(folder["sound.flac"]);

        AssertGone(pidFile);
    }

    private (Ffmpeg Reader, string PidFile) Hanging(string name, double stallSeconds = 0.3)
    {
        var pidFile = folder["pid-" + name];
        var program = folder.Program(name, $"echo $$ > '{pidFile}'; exec sleep 60");
        return (new Ffmpeg(new FfmpegConfig { Program = program, StallSeconds = stallSeconds }), pidFile);
    }

    // Not even as a zombie, which would still have an entry.
    private static void AssertGone(string pidFile)
    {
        var pid = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
        Assert.False(Directory.Exists($"/proc/{pid}"), $"process {pid} is still there");
    }
}
