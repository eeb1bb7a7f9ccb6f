using static TorchSharp.torch;

namespace Affect.Tests;

public sealed class WorkersTests
{
    [Fact]
    public void Whoever_is_interrupted_leaves_no_piece_behind_that_still_computes()
    {
        using var begun = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var (ended, running, leftBehind) = (0, 0, -1);
        Exception? error = null;
        var caller = new Thread(() =>
        {
            error = Record.Exception(() => Workers.Run(20, CPU, _ =>
            {
                Interlocked.Increment(ref running);
                begun.Set();
                release.Wait();
                Interlocked.Decrement(ref running);
                Interlocked.Increment(ref ended);
            }));
            leftBehind = Volatile.Read(ref running);
        });
        caller.Start();
        begun.Wait();
        caller.Interrupt();
        Assert.False(caller.Join(TimeSpan.FromMilliseconds(300)), "it left while a piece was computed");
        release.Set();
        caller.Join();
        Assert.IsType<ThreadInterruptedException>(error);
        Assert.Equal(0, leftBehind);
        Assert.InRange(ended, 1, 19); // no further piece was begun
    }
}
