namespace Affect.Kernel.Running;

/// <summary>Methods of a cell that call themselves, or each other, have used up the stack: told before that ends the process.</summary>
/// <param name="cell">Where the innermost was written.</param>
/// <param name="line">On which line there.</param>
public sealed class RecursionException(string cell, int line) : Exception("calls went too deep: something calls itself, without end or too often, and the stack is full")
{
    /// <summary>The cell's name and the line in it. The stack trace has millions of frames, which take half a minute to read.</summary>
    internal (string Cell, int Line) Place => (cell, line);
}
