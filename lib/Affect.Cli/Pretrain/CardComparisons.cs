namespace Affect.Cli.Pretrain;

/// <summary>What a card compares a checkpoint with: all that one page reports is corrected together.</summary>
internal static class CardComparisons
{
    /// <summary>Compares a curve's best layer with those of others.</summary>
    /// <param name="first">The checkpoint's.</param>
    /// <param name="others">Measured on the same clips; may be none.</param>
    internal static IEnumerable<(LayerCurve Other, PairedComparison Compared)> Of(LayerCurve first, IReadOnlyList<LayerCurve> others) =>
        others.Count == 0 ? [] : others.Zip(ComparisonFamily.Correct([.. others.Select(other => first.CompareBest(other))]));
}
