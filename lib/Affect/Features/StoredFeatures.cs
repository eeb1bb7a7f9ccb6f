namespace Affect.Features;

/// <summary>What a store holds of a corpus.</summary>
/// <param name="Table">The features of the clips that are there, in the corpus's order.</param>
/// <param name="Missing">The ids of the clips that are not there, in the corpus's order.</param>
public sealed record StoredFeatures(FeatureTable Table, IReadOnlyList<string> Missing);
