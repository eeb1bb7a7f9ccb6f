namespace Affect.Kernel.Running;

/// <summary>The thread that runs a session's cells, one at a time, and the ladder of means by which a cell is stopped.</summary>
/// <remarks>
/// The ladder: (1) a flag that injected checks read and a token; (2) <see cref="Thread.Interrupt"/> while the thread is blocked; (3) where the
/// session allows it, the thread is aborted in the middle of what it does (<see cref="ControlledExecution"/>); (4) the thread is given up. Aborted
/// as a first resort, threads left locks held in most trials: it is for code without checks alone, which would be lost otherwise. Each cell thread
/// is one session's: thread-local state holds from cell to cell, but not from a cell that was stopped while it awaited something, which never comes
/// to undo what it did to its thread (dispose scopes, gradient mode): the next cell has another.
/// </remarks>
internal sealed class CellThread : IDisposable
{
    private const int StackBytes = 64 << 20;
    private static readonly TimeSpan InterruptAfter = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(5);

    // What this thread runs, and for whom.
    [ThreadStatic]
    private static (CellThread Owner, CellJob Job, CellSynchronizationContext Context)? here;

    private readonly Lock gate = new();
    private readonly Action enter;
    private readonly Action<Exception> unheard;
    private readonly TimeSpan? abortAfter;
    private readonly AutoResetEvent arrived = new(false);
    private Thread thread;
    private CellJob? running;
    private bool wasInterrupted;
    private volatile bool isOver;

    /// <param name="enter">Called first on the thread.</param>
    /// <param name="unheard">Called on the thread with what a cell has thrown where nobody awaits it, if the cell fails by something else.</param>
    /// <param name="abortAfter">How long a cell may go on that was asked to stop, until it is aborted; null aborts none.</param>
    internal CellThread(Action enter, Action<Exception> unheard, TimeSpan? abortAfter)
    {
        (this.enter, this.unheard, this.abortAfter) = (enter, unheard, abortAfter);
        thread = Begin();
    }

    /// <summary>Whether a cell could not be stopped and has the thread for good.</summary>
    internal bool IsLost { get; private set; }

    /// <summary>Ends the cell that the calling thread runs, with an error that the thread cannot come back from; later cells have another.</summary>
    /// <returns>Whether it runs one.</returns>
    internal static bool EndHere(Exception error)
    {
        if (here is not var (owner, job, context)) return false;
        job.Error = error;
        owner.End(job, context, serves: false);
        return true;
    }

    /// <summary>Ends work that others may interrupt; an interrupt that came too late is taken out of the calling thread.</summary>
    /// <param name="gate">Held by whoever interrupts.</param>
    /// <param name="end">Marks the work as ended, under the lock; tells once whether the thread was interrupted.</param>
    internal static void EndInterruptible(Lock gate, Func<bool> end)
    {
        while (true)
        {
            try
            {
                lock (gate)
                    if (!end()) return;
                Thread.Sleep(1);
                return;
            }
            catch (ThreadInterruptedException)
            {
                // Taken out; once more, to be sure that the work is marked as ended.
            }
        }
    }

    /// <summary>Runs a cell and waits for its end; a null timeout waits for ever.</summary>
    internal CellJob Run(Func<Task> work, TimeSpan? timeout, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(isOver, this);
        var job = new CellJob(work);
        lock (gate) running = job;
        arrived.Set();
        try
        {
            if (job.Done.Wait(timeout ?? Timeout.InfiniteTimeSpan, ct)) return job;
            job.Stopped = CellStatus.TimedOut;
        }
        catch (OperationCanceledException)
        {
            job.Stopped = CellStatus.Interrupted;
        }
        Stop(job);
        return job;
    }

    public void Dispose()
    {
        if (isOver) return;
        isOver = true;
        arrived.Set();
        if (!IsLost && thread.Join(TimeSpan.FromSeconds(5))) arrived.Dispose();
    }

    private Thread Begin()
    {
        var begun = new Thread(Work, StackBytes) { IsBackground = true, Name = "cell" };
        begun.UnsafeStart();
        return begun;
    }

    private void Stop(CellJob job)
    {
        job.Interrupt.Raise();
        var clock = Stopwatch.StartNew();
        while (!job.Done.Wait(InterruptAfter))
        {
            lock (gate)
            {
                if (running == job && thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin))
                {
                    thread.Interrupt();
                    wasInterrupted = true;
                }
            }
            if (abortAfter is { } patience && clock.Elapsed >= patience && !job.IsAborted)
            {
                job.IsAborted = true;
                // Ends when the abort has landed, which may be never.
                _ = job.Abort.CancelAsync();
            }
            if (clock.Elapsed < GiveUpAfter + (abortAfter ?? TimeSpan.Zero)) continue;
            IsLost = job.IsLost = isOver = true;
            return;
        }
    }

    private void Work()
    {
        enter();
        while (true)
        {
            arrived.WaitOne();
            if (isOver || (running is { } job && !RunJob(job))) return;
        }
    }

    // Whether the thread can serve again.
    private bool RunJob(CellJob job)
    {
        var context = new CellSynchronizationContext(Thread.CurrentThread);
        SynchronizationContext.SetSynchronizationContext(context);
        job.Interrupt.Enter();
        here = (this, job, context);
        var serves = RunToEnd(job, context) || isOver;
        End(job, context, serves);
        return serves;
    }

    private bool RunToEnd(CellJob job, CellSynchronizationContext context)
    {
        Task? task = null;
        try
        {
            if (abortAfter is null) Run();
#pragma warning disable SYSLIB0046 // It may leave anything half done: the ladder's last rung but one, and announced when it was stepped on.
            else ControlledExecution.Run(Run, job.Abort.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception error)
        {
            // Whatever a cell throws is its result.
            job.Error = error;
        }
        return task is null or { IsCompleted: true };

        void Run()
        {
            task = job.Work();
            if (!task.IsCompleted) context.RunUntil(task, job.Interrupt.CellToken);
            task.GetAwaiter().GetResult();
        }
    }

    private void End(CellJob job, CellSynchronizationContext context, bool serves)
    {
        here = null;
        // From here on nobody interrupts the thread.
        EndInterruptible(gate, () =>
        {
            (var was, wasInterrupted, running) = (wasInterrupted, false, null);
            return was;
        });
        SynchronizationContext.SetSynchronizationContext(null);
        // A cell fails by what it does not await only if by nothing else.
        if (job.Error is not null) context.Unawaited.ForEach(unheard);
        else if (context.Unawaited.Count > 0) job.Error = context.Unawaited is [var only] ? only : new AggregateException(context.Unawaited);
        context.End(drop: job.Stopped is not null);
        job.Interrupt.Leave();
        if (!serves)
            lock (gate) thread = Begin();
        job.Finish();
    }
}
