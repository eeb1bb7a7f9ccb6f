namespace Affect.Notebook.Pages;

/// <summary>A paragraph of plain text.</summary>
/// <param name="Text">The text; markup in it is shown, not obeyed.</param>
public sealed record Prose(string Text) : PageBlock;
