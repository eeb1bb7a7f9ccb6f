namespace Affect.Notebook.Pages;

/// <summary>A table.</summary>
/// <param name="Table">The table.</param>
/// <param name="IsFolded">Shown on demand, under its caption; otherwise always open.</param>
public sealed record TableBlock(FigureTable Table, bool IsFolded = false) : PageBlock;
