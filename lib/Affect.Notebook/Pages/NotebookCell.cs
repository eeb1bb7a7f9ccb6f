namespace Affect.Notebook.Pages;

/// <summary>One cell of an executed notebook.</summary>
internal sealed record NotebookCell
{
    /// <summary><c>markdown</c>, <c>code</c> or <c>raw</c>.</summary>
    internal required string Kind { get; init; }

    /// <summary>What was written.</summary>
    internal required string Source { get; init; }

    /// <summary>Tags, as <c>parameters</c>.</summary>
    internal IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The number of its run; null where it was not run.</summary>
    internal int? ExecutionCount { get; init; }

    /// <summary>What it showed.</summary>
    internal IReadOnlyList<NotebookOutput> Outputs { get; init; } = [];
}
