namespace Affect.Evaluation;

/// <summary>A figure's numbers as a table: what a reader who cannot see it, or wants the digits, is given.</summary>
public sealed record FigureTable
{
    /// <summary>What the rows are.</summary>
    public required string Caption { get; init; }

    /// <summary>The head of each column; the first column names the row.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The cells, as shown.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }
}
