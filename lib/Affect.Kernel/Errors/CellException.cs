namespace Affect.Kernel.Errors;

/// <summary>A cell that cannot be run as it stands.</summary>
internal sealed class CellException(CellError error) : Exception(error.Message)
{
    /// <summary>One that is wrong at one place.</summary>
    /// <param name="kind">What the error is called.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="unit">The cell or file.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="column">Where the mark begins, from 0; negative marks the whole line.</param>
    /// <param name="length">How long the mark is.</param>
    internal CellException(string kind, string message, SourceUnit unit, int line, int column, int length) : this(new CellError
    {
        Name = kind,
        Message = message,
        Place = SourceExcerpt.Place(unit.Name, line),
        Traceback = [$"{SourceExcerpt.Place(unit.Name, line)}: {message}", .. SourceExcerpt.Lines(unit.Text, line, column, length)],
    })
    {
    }

    internal CellError Error => error;
}
