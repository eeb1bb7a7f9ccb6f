namespace Affect.Notebook.Figures;

/// <summary>A score without layers that the curve is compared with, drawn as a horizontal band.</summary>
/// <param name="Name">What is probed, as in <c>MFCC statistics</c>.</param>
/// <param name="Score">Its score on the same clips and folds, with its interval.</param>
public sealed record ReferenceScore(string Name, Interval Score);
