namespace Affect;

/// <summary>
/// Spreads independent pieces of tensor work over the cores, each piece on one. Thousands of small operations gain nothing from being
/// divided among cores one by one, and lose a lot where another process holds a core that they have to wait for; and done so, the results
/// do not depend on the number of cores. On an accelerator the pieces run one after another.
/// </summary>
public static class Workers
{
    private static readonly ThreadLocal<bool> IsOne = new();

    /// <summary>Does every piece; the first failure ends the work and is thrown here. Within a piece, further pieces run one by one.</summary>
    /// <param name="pieces">How many pieces there are.</param>
    /// <param name="device">Where the tensors are.</param>
    /// <param name="work">Does a piece; runs on several threads at once, gradients off.</param>
    public static void Run(int pieces, Device device, Action<int> work)
    {
        var cores = get_num_threads();
        // Within a piece of larger work, too: the other cores have their own.
        if (device.type != DeviceType.CPU || IsOne.Value)
        {
            using var gradients = no_grad();
            for (var piece = 0; piece < pieces; piece++) work(piece);
            return;
        }
        var taken = -1;
        ExceptionDispatchInfo? failure = null;
        var count = Math.Clamp(pieces, 1, cores);
        using var ready = new CountdownEvent(count);
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(Work)).ToArray();
        foreach (var thread in threads) thread.Start();
        // Whoever is interrupted here waits on: the threads compute with tensors that the caller would take away from under them.
        WaitOn(ready.Wait);
        set_num_threads(cores); // for this thread nothing changes; but libtorch gives the number that was set last to every new thread
        foreach (var thread in threads) WaitOn(thread.Join);
        failure?.Throw();

        void WaitOn(Action wait)
        {
            while (true)
            {
                try
                {
                    wait();
                    return;
                }
                catch (ThreadInterruptedException error)
                {
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null); // so that no further piece is begun
                }
            }
        }

        void Work()
        {
            try
            {
                try
                {
                    _ = get_num_threads(); // a thread's first call takes the number set last; only then does its own hold
                    set_num_threads(1);
                }
                finally
                {
                    ready.Signal();
                }
                IsOne.Value = true;
                using var gradients = no_grad();
                for (var piece = Interlocked.Increment(ref taken); piece < pieces && failure is null; piece = Interlocked.Increment(ref taken))
                    work(piece);
            }
            catch (Exception error) // whatever it is, it is thrown again where the work was asked for
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(error), null);
            }
        }
    }
}
