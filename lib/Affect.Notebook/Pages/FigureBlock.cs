namespace Affect.Notebook.Pages;

/// <summary>A figure with its summary and, folded away, the table of its numbers.</summary>
/// <param name="Figure">The figure.</param>
public sealed record FigureBlock(Figure Figure) : PageBlock;
