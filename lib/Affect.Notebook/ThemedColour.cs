namespace Affect.Notebook;

/// <summary>One colour for light pages and one for dark pages, each as <c>#rrggbb</c>.</summary>
/// <param name="Light">On white.</param>
/// <param name="Dark">On near-black.</param>
public readonly record struct ThemedColour(string Light, string Dark);
