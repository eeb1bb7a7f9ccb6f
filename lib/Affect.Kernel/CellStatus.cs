namespace Affect.Kernel;

/// <summary>How a cell ended.</summary>
public enum CellStatus
{
    /// <summary>It ran to its end.</summary>
    Succeeded,

    /// <summary>It did not compile, or threw.</summary>
    Failed,

    /// <summary>The caller asked it to stop.</summary>
    Interrupted,

    /// <summary>It took longer than a cell may.</summary>
    TimedOut,
}
