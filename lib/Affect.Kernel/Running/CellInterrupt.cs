namespace Affect.Kernel.Running;

/// <summary>
/// Whether one run of a cell is asked to stop. Every loop and method of a cell asks: <c>InterruptRewriter</c> writes that into its code.
/// </summary>
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

    private readonly CancellationTokenSource source = new();
    private int isRaised;
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

    private bool IsRaised => Volatile.Read(ref isRaised) != 0;

    /// <summary>Ends the calling code if its cell is asked to stop.</summary>
    /// <returns>True, so that it can be asked where only an expression can stand.</returns>
    /// <exception cref="OperationCanceledException">It is.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static bool Check()
    {
        if (raisedCells != 0) ThrowIfRaised();
        return true;
    }

    /// <summary><see cref="Check"/>, where a method is entered that calls others.</summary>
    /// <exception cref="RecursionException">There is no room left on the stack.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Call([CallerFilePath] string cell = "", [CallerLineNumber] int line = 0)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new RecursionException(cell, line);
        return Check();
    }

    /// <summary>
    /// <see cref="Call"/>, where the method is asynchronous: it may take no more of the stack than it would have on a task's thread.
    /// </summary>
    /// <exception cref="RecursionException">There is no room left on the stack.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static unsafe void CallAsync([CallerFilePath] string cell = "", [CallerLineNumber] int line = 0)
    {
        Call(cell, line);
        byte here;
        if (stackBegins - (nint)(&here) > AsynchronousStack) throw new RecursionException(cell, line);
    }

    /// <summary>What the other side of the expression would throw, if <see cref="Check"/> did not before.</summary>
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
        if (Interlocked.Exchange(ref isRaised, 1) != 0) return;
        Heighten();
        // What listens to the token may take its time, and may throw what is its own business.
        _ = source.CancelAsync();
    }

    /// <summary>The cell has ended. What it started elsewhere has a while to notice that it is to stop.</summary>
    internal void Leave()
    {
        if (IsRaised) _ = Task.Delay(Grace).ContinueWith(_ => Lower(), TaskScheduler.Default);
    }

    /// <summary>Whether what is thrown ends the cell, so that nothing of it may go on by catching that.</summary>
    internal static bool IsStop(Exception error) => error is ThreadAbortException || Flow.Value is { IsRaised: true };

    /// <summary>Makes every check look closer, until <see cref="Lower"/>.</summary>
    internal static void Heighten() => Interlocked.Increment(ref raisedCells);

    /// <summary>Takes back one <see cref="Heighten"/>.</summary>
    internal static void Lower() => Interlocked.Decrement(ref raisedCells);

    private static void ThrowIfRaised()
    {
        if (Flow.Value is { IsRaised: true } cell) throw new OperationCanceledException("The cell was asked to stop.", cell.source.Token);
        ShowingLimit.Check();
    }
}
