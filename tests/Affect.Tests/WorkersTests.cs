namespace Affect.Tests;

public sealed class WorkersTests
{
    [Fact]
    public void Pieces_within_a_piece_are_done_on_its_core_in_their_order()
    {
        var threads = new int[2][];
        Workers.Run(2, CPU, outer =>
        {
            var inner = new List<int>();
            var order = new List<int>();
            Workers.Run(5, CPU, piece => { inner.Add(Environment.CurrentManagedThreadId); order.Add(piece); });
            Assert.Equal([0, 1, 2, 3, 4], order);
            threads[outer] = [.. inner.Append(Environment.CurrentManagedThreadId)];
        });
        Assert.All(threads, one => Assert.Single(one.Distinct()));
    }

    [Fact]
    public void Counts_of_several_threads_arrive_in_their_order()
    {
        List<long> told = [];
        var counter = new WorkCounter(new Telling(told), "counting", 200);
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(_ => new Thread(() => { for (var i = 0; i < 50; i++) counter.Add(); }))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(Enumerable.Range(1, 200).Select(done => (long)done), told);
    }

    private sealed class Telling(List<long> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            if (value.Done % 2 == 1) Thread.Sleep(1); // long enough for another thread to count on, if it could
            told.Add(value.Done);
        }
    }

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
