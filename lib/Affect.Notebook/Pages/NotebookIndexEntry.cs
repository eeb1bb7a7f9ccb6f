namespace Affect.Notebook.Pages;

/// <summary>One notebook of a report.</summary>
public sealed record NotebookIndexEntry
{
    /// <summary>The executed notebook.</summary>
    public required string NotebookPath { get; init; }

    /// <summary>Its page.</summary>
    public required string PagePath { get; init; }

    /// <summary>How long its run took; null where that is not known.</summary>
    public double? Seconds { get; init; }

    /// <summary>Why its run ended early; null where it did not.</summary>
    public string? Error { get; init; }
}
