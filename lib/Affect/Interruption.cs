namespace Affect;

/// <summary>
/// Whether the work that runs here is to stop, where nobody has given it a token: the cell of a notebook that has called it was interrupted, or ran
/// out of its time.
/// </summary>
/// <remarks>
/// A notebook's cells call the library without tokens, as people write it. The kernel's host says at the start of each cell how it is stopped
/// (<see cref="Hear"/>); tasks and parallel loops that the cell starts inherit it. Every loop of the library that may take long asks, beside the
/// token it was given. Where nobody has said anything, nothing stops.
/// </remarks>
public static class Interruption
{
    private static readonly AsyncLocal<CancellationToken> Flow = new();

    /// <summary>Cancelled when the work that runs here is to stop.</summary>
    public static CancellationToken Token => Flow.Value;

    /// <summary>Says how the flow of control that calls this is stopped, and whatever it starts from now on.</summary>
    /// <param name="token">Cancelled when it is to stop.</param>
    public static void Hear(CancellationToken token) => Flow.Value = token;

    /// <summary>Ends the calling work if it is to stop.</summary>
    /// <exception cref="OperationCanceledException">It is.</exception>
    public static void Check() => Flow.Value.ThrowIfCancellationRequested();

    /// <summary>The token that was given, or where none was, that of the work that runs here: for waits that are ended by a token.</summary>
    /// <param name="given">What the caller was given.</param>
    public static CancellationToken Or(CancellationToken given) => given.CanBeCanceled ? given : Flow.Value;
}
