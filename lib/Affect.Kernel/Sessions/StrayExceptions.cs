namespace Affect.Kernel.Sessions;

/// <summary>
/// Exceptions that end a thread or an <c>async void</c> method which a cell has started, and those of native code (<see cref="NativeExceptions"/>):
/// by default they would end the process, and the notebook with it.
/// </summary>
public static class StrayExceptions
{
    private static int isSet;

    /// <summary>
    /// From now on the former are printed to the cell's standard error instead, and the latter end the cell. For a host's start; once more does
    /// nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The process has another handler of this kind already.</exception>
    public static void Survive()
    {
        if (Interlocked.Exchange(ref isSet, 1) != 0) return;
        NativeExceptions.Survive();
        ExceptionHandling.SetUnhandledExceptionHandler(static error =>
        {
            // What is not a cell's is none of ours.
            if (CellInterrupt.IsInCell) Print(error);
            return CellInterrupt.IsInCell;
        });
    }

    /// <summary>Prints one to the standard error of the cell that runs; that it was stopped is no news.</summary>
    internal static void Print(Exception error)
    {
        if (error is not (OperationCanceledException or ThreadInterruptedException))
            Console.Error.WriteLine(
                $"What the cell has started, and does not wait for, ended with {error.GetType().Name}: {PlainText.MessageOf(error)}");
    }
}
