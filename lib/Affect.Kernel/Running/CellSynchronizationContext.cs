namespace Affect.Kernel.Running;

/// <summary>
/// Brings what follows an <c>await</c> in a cell back to the cell's thread, so that state of the thread (dispose scopes, gradient mode) holds on.
/// </summary>
/// <remarks>
/// A cell that blocks on its own asynchronous method (<c>WorkAsync().Result</c>) would wait for itself for ever: what is posted while the thread
/// is blocked elsewhere is therefore run by the thread pool after a moment.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "No wait handle or timer of it is ever made, so there is nothing to release.")]
internal sealed class CellSynchronizationContext(Thread thread) : SynchronizationContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CleaningUp = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentQueue<(SendOrPostCallback Callback, object? State)> queue = new();
    private readonly SemaphoreSlim arrived = new(0);
    private volatile bool isPumping;
    private volatile bool isOver;
    private volatile bool isDropped;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (isDropped) return;
        if (isOver)
        {
            base.Post(d, state);
            return;
        }
        queue.Enqueue((d, state));
        arrived.Release();
        if (!isPumping) _ = RescueAsync();
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Thread.CurrentThread == thread) d(state);
        else base.Send(d, state);
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>What was thrown where nobody awaits it: by <c>async void</c> methods, and by what was posted here.</summary>
    internal List<Exception> Unawaited { get; } = [];

    /// <summary>
    /// Runs what is posted until a task has ended, whatever else throws: a cell that was left in its middle would go on beside the next one.
    /// </summary>
    /// <remarks>It heeds the token a moment later than what the cell awaits with it, which cleans up here.</remarks>
    /// <exception cref="OperationCanceledException">The cell was asked to stop and goes on.</exception>
    /// <exception cref="ThreadInterruptedException">The cell was asked to stop and waits for something else.</exception>
    internal void RunUntil(Task task, CancellationToken ct)
    {
        using var later = new CancellationTokenSource();
        using var asked = ct.Register(() => later.CancelAfter(CleaningUp));
        _ = task.ContinueWith(_ => arrived.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        isPumping = true;
        try
        {
            while (!task.IsCompleted)
            {
                arrived.Wait(later.Token);
                if (queue.TryDequeue(out var item)) Run(item.Callback, item.State);
            }
        }
        finally
        {
            isPumping = false;
        }
    }

    /// <summary>The cell has ended: what it left running goes on in the thread pool, or is dropped if the cell was stopped.</summary>
    internal void End(bool drop)
    {
        isDropped = drop;
        isOver = true;
        if (!drop) RunQueued();
    }

    private void Run(SendOrPostCallback callback, object? state)
    {
        try
        {
            callback(state);
        }
        catch (Exception error) when (error is not ThreadAbortException)
        {
            // The cell's thread runs it, but the cell does not: that is told when the cell has ended.
            Unawaited.Add(error);
        }
    }

    private async Task RescueAsync()
    {
        while (!queue.IsEmpty && !isOver && !isPumping)
        {
            await Task.Delay(Patience).ConfigureAwait(false);
            if (!isPumping && thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin)) RunQueued();
        }
    }

    private void RunQueued()
    {
        while (queue.TryDequeue(out var item)) ThreadPool.QueueUserWorkItem(work => work.Callback(work.State), item, preferLocal: false);
    }
}
