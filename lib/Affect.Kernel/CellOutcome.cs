namespace Affect.Kernel;

/// <summary>What became of one cell.</summary>
public sealed record CellOutcome
{
    /// <summary>The cell's number in its session, from 1.</summary>
    public required int ExecutionCount { get; init; }

    /// <summary>How it ended.</summary>
    public required CellStatus Status { get; init; }

    /// <summary>From the call to the end, compiling included.</summary>
    public required double Seconds { get; init; }

    /// <summary>A text that was asked for by <c>#!help</c>, for a front end's pager; null for none.</summary>
    public string? Page { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    public CellError? Error { get; init; }
}
