namespace Affect.Kernel.Running;

/// <summary>Ends what the own code of a value does while the value is shown, where that takes too long: a getter that never returns, say.</summary>
/// <remarks>
/// Nobody asked for that code to run, and where no time is set nobody ends it. It is stopped as a cell is, by the questions in its loops and
/// methods, and while it is blocked by <see cref="Thread.Interrupt"/>; the cell goes on. What neither reaches, a loop of a library that asks for
/// nothing, goes on too, until the cell is interrupted.
/// </remarks>
internal sealed class ShowingLimit : IDisposable
{
    private const int MostEnded = 10;
    private const nint Stack = 4 << 20; // an exception takes its way through a stack full of calls in many seconds
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(30);

    [ThreadStatic]
    private static ShowingLimit? here;

    private readonly Lock gate = new();
    private readonly Thread thread = Thread.CurrentThread;
    private readonly TimeSpan patience;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Timer timer;
    private readonly nint begins;
    private volatile bool isOver;
    private volatile int ended;
    private volatile bool isLeaving;
    private TimeSpan ends;
    private bool isDone;
    private bool wasInterrupted;

    private unsafe ShowingLimit(TimeSpan patience)
    {
        byte first;
        begins = (nint)(&first);
        this.patience = patience;
        here = this;
        // Every check looks closer from now on.
        CellInterrupt.Heighten();
        timer = new Timer(_ => End(), null, patience, Again);
    }

    /// <summary>Shows a value, or something in its place if its code comes to no end in all the time it has.</summary>
    internal static T Run<T>(TimeSpan patience, Func<T> show, Func<T> otherwise)
    {
        if (here is not null) return show();
        using var limit = new ShowingLimit(patience);
        try
        {
            return show();
        }
        catch (Exception error) when (limit.ended > 0 && !CellInterrupt.IsStop(error))
        {
            return otherwise();
        }
    }

    /// <summary>Ends the calling code if it takes too long, or calls too deep, to show a value.</summary>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    /// <exception cref="RecursionException">It calls itself too often.</exception>
    internal static unsafe void Check()
    {
        if (here is not { } limit) return;
        byte last;
        if (limit.begins - (nint)(&last) > Stack) throw new RecursionException("", 0);
        if ((!limit.isOver && !limit.isLeaving) || limit.IsInTime()) return;
        throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"gave no answer within {limit.patience.TotalSeconds:0.##} s"));
    }

    public void Dispose()
    {
        here = null;
        timer.Dispose();
        CellThread.EndInterruptible(gate, () =>
        {
            if (!isDone) CellInterrupt.Lower();
            (var was, wasInterrupted, isDone) = (wasInterrupted, false, true);
            return was;
        });
    }

    private void End()
    {
        lock (gate)
        {
            // A call that was already under way when a new while began is not of that while.
            if (isDone || clock.Elapsed < ends) return;
            isOver = true;
            if (!thread.ThreadState.HasFlag(System.Threading.ThreadState.WaitSleepJoin)) return;
            thread.Interrupt();
            wasInterrupted = true;
            GoOn();
        }
    }

    // One part of the value was ended; the others have a while of their own, until it has been too many.
    private void GoOn()
    {
        if (++ended >= MostEnded) return;
        isLeaving = true;
        StartWhile();
    }

    // Asked under the lock: an interrupt wakes the thread before it is written down here that its while is over.
    private bool IsInTime()
    {
        lock (gate)
        {
            // The next while begins where the next part asks: the way of an exception out of the one before can take a slow machine seconds.
            if (isLeaving && ended < MostEnded) StartWhile();
            isLeaving = false;
            if (!isOver) return true;
            GoOn();
            return false;
        }
    }

    private void StartWhile()
    {
        isOver = false;
        ends = clock.Elapsed + (patience / 2);
        timer.Change(patience / 2, Again);
    }
}
