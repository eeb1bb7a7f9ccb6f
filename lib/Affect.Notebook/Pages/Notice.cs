namespace Affect.Notebook.Pages;

/// <summary>A paragraph that nobody may overlook.</summary>
/// <param name="Text">The text; markup in it is shown, not obeyed.</param>
public sealed record Notice(string Text) : PageBlock;
