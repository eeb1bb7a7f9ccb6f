namespace Affect.Kernel.Scripting;

/// <summary>Whether one run of a cell is asked to stop. Every loop and method of a cell asks (<see cref="InterruptRewriter"/>).</summary>
[SuppressMessage("Design", "CA1001", Justification = "No wait handle or timer of it is ever made, so there is nothing to release.")]
public sealed class CellInterrupt
{
    // How many cells of the process are asked to stop: what a check costs while none is, is one read.
    private static volatile int raisedCells;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly AsyncLocal<CellInterrupt?> Flow = new();

    // An exception collects its trace anew at every await that it comes through: of the whole stack full of them that would take minutes.
    private const nint AsynchronousStack = 1 << 20;

    [ThreadStatic]
    private static CellInterrupt? ofThread;

    // Where the stack of a cell's thread begins; 0 on others, whose stacks are smaller.
    [ThreadStatic]
    private static nint stackBegins;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource source = new();
    private volatile bool isRaised;
    private volatile int line;

    internal CellInterrupt()
    {
    }

    /// <summary>Cancelled when the running cell is asked to stop; for long work in a library.</summary>
    public static CancellationToken Token => Flow.Value?.source.Token ?? CancellationToken.None;

    /// <summary>Whether the calling code is a cell's, or runs on a task or thread that a cell has started.</summary>
    internal static bool IsInCell => Flow.Value is not null;

    /// <summary>The top-level line that the cell has come to; 0 before the first.</summary>
    internal int Line => line;

    internal CancellationToken CellToken => source.Token;

    /// <summary>Ends the calling code if its cell is asked to stop.</summary>
    /// <exception cref="OperationCanceledException">It is.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void Check()
    {
        if (raisedCells != 0) ThrowIfRaised();
    }

    /// <summary><see cref="Check"/>, where a method is entered that calls others.</summary>
    /// <exception cref="RecursionException">There is no room left on the stack.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Call([CallerFilePath] string cell = "", [CallerLineNumber] int line = 0)
    {
        Check();
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new RecursionException(cell, line);
    }

    /// <summary><see cref="Call"/>, where the method is asynchronous: it may take no more of the stack than it would have on a task's thread.</summary>
    /// <exception cref="RecursionException">There is no room left on the stack.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static unsafe void CallAsync([CallerFilePath] string cell = "", [CallerLineNumber] int line = 0)
    {
        Call(cell, line);
        byte here;
        if (stackBegins - (nint)(&here) > AsynchronousStack) throw new RecursionException(cell, line);
    }

    /// <summary><see cref="Call"/>, for places where only an expression can stand.</summary>
    /// <exception cref="RecursionException">There is no room left on the stack.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool Calls([CallerFilePath] string cell = "", [CallerLineNumber] int line = 0)
    {
        Call(cell, line);
        return true;
    }

    /// <summary><see cref="Check"/>, for places where only an expression can stand.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool Goes()
    {
        Check();
        return true;
    }

    /// <summary>What the other side of the expression would throw, if <see cref="Goes"/> did not before.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Exception Stop() => new OperationCanceledException("The cell was asked to stop.");

    /// <summary>Notes the top-level line that the cell has come to, for the case that it never comes further.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static void At(int line)
    {
        if (ofThread is { } cell) cell.line = line;
        Check();
    }

    /// <summary>Makes the calling thread, and whatever it starts, belong to this cell.</summary>
    internal unsafe void Enter()
    {
        byte here;
        stackBegins = (nint)(&here);
        Flow.Value = this;
        ofThread = this;
    }

    /// <summary>Asks the cell to stop whose code runs here, or on whose task or thread.</summary>
    internal static void RaiseHere() => Flow.Value?.Raise();

    internal void Raise()
    {
        lock (gate)
        {
            if (isRaised) return;
            isRaised = true;
            Interlocked.Increment(ref raisedCells);
        }
        // What listens to the token may take its time, and may throw what is its own business.
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                try
                {
                    source.Cancel();
                }
                catch (AggregateException)
                {
                    // Thrown by callbacks that user code registered; the cell is being stopped anyway.
                }
            },
            null);
    }

    /// <summary>The cell has ended. What it started elsewhere has a while to notice that it is to stop.</summary>
    internal void Leave()
    {
        if (isRaised) _ = Task.Delay(Grace).ContinueWith(_ => Interlocked.Decrement(ref raisedCells), TaskScheduler.Default);
    }

    /// <summary>Whether what is thrown ends the cell, so that nothing of it may go on by catching that.</summary>
    internal static bool IsStop(Exception error) => error is ThreadAbortException || Flow.Value is { isRaised: true };

    /// <summary>Makes every check look closer, until <see cref="Lower"/>.</summary>
    internal static void Heighten() => Interlocked.Increment(ref raisedCells);

    /// <summary>Takes back one <see cref="Heighten"/>.</summary>
    internal static void Lower() => Interlocked.Decrement(ref raisedCells);

    private static void ThrowIfRaised()
    {
        if (Flow.Value is { isRaised: true } cell) throw new OperationCanceledException("The cell was asked to stop.", cell.source.Token);
        ShowingLimit.Check();
    }
}
