namespace Affect.Prediction;

/// <summary>One modality's features of some clips.</summary>
/// <param name="Features">Of the clips that have the modality; null where none has.</param>
/// <param name="Missing">The others, by their ids, each with the reason.</param>
public sealed record SourceFeatures(ModalityFeatures? Features, IReadOnlyDictionary<string, string> Missing);
