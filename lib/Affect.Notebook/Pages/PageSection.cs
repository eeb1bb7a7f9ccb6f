namespace Affect.Notebook.Pages;

/// <summary>A heading and what stands below it.</summary>
public sealed record PageSection
{
    /// <summary>The heading.</summary>
    public required string Heading { get; init; }

    /// <summary>What stands below it, in order.</summary>
    public required IReadOnlyList<PageBlock> Blocks { get; init; }
}
