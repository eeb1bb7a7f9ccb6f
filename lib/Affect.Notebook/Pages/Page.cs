namespace Affect.Notebook.Pages;

/// <summary>One report page, which <see cref="PageWriter"/> turns into a single HTML file.</summary>
public sealed record Page
{
    /// <summary>The page's title.</summary>
    public required string Title { get; init; }

    /// <summary>What was found, in a few sentences under the title.</summary>
    public required string Lead { get; init; }

    /// <summary>The sections, in order.</summary>
    public required IReadOnlyList<PageSection> Sections { get; init; }

    /// <summary>A plotly.js file beside the page, by name; with it the figures answer to the pointer. Null leaves the static figures.</summary>
    public string? PlotlyFile { get; init; }
}
