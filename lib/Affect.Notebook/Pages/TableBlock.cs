namespace Affect.Notebook.Pages;

/// <summary>A table that is always open.</summary>
/// <param name="Table">The table.</param>
public sealed record TableBlock(FigureTable Table) : PageBlock;
