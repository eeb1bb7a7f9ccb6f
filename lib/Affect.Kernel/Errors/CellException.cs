namespace Affect.Kernel.Errors;

/// <summary>A cell that cannot be run as it stands.</summary>
internal sealed class CellException(CellError error) : Exception(error.Message)
{
    /// <summary>One that is wrong at one place: a line from 1, a column from 0; a negative one marks the whole line.</summary>
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
