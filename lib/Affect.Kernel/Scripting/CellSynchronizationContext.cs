using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Affect.Kernel.Scripting;

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

    /// <summary>Runs what is posted until a task has ended.</summary>
    /// <exception cref="OperationCanceledException">The cell was asked to stop first.</exception>
    internal void RunUntil(Task task, CancellationToken ct)
    {
        _ = task.ContinueWith(_ => arrived.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        isPumping = true;
        try
        {
            while (!task.IsCompleted)
            {
                arrived.Wait(ct);
                if (queue.TryDequeue(out var item)) item.Callback(item.State);
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

    private async Task RescueAsync()
    {
        while (!queue.IsEmpty && !isOver && !isPumping)
        {
            await Task.Delay(Patience).ConfigureAwait(false);
            if (!isPumping && thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin)) RunQueued();
        }
    }

    private void RunQueued()
    {
        while (queue.TryDequeue(out var item)) ThreadPool.QueueUserWorkItem(work => work.Callback(work.State), item, preferLocal: false);
    }
}
