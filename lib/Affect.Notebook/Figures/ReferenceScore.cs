namespace Affect.Notebook.Figures;

/// <summary>A score without layers that the curve is compared with, drawn as a horizontal band.</summary>
public sealed record ReferenceScore
{
    /// <summary>What is probed, as in <c>MFCC statistics</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its score on the same clips and folds, with its interval.</summary>
    public required Interval Score { get; init; }
}
