namespace Affect.Adapters.Adaptation;

/// <summary>What an adapted encoder makes of some clips.</summary>
public sealed record ClipOutputs
{
    /// <summary>One vector per clip, as a table of one layer; what later stages take as the acoustic modality.</summary>
    public required FeatureTable Features { get; init; }

    /// <summary>Logits, one row of classes per clip, in the table's order.</summary>
    public required IReadOnlyList<float[]> Logits { get; init; }

    /// <summary>The decisions: the class of the highest logit.</summary>
    public IReadOnlyList<int> Predicted => [.. Logits.Select(row => Array.IndexOf(row, row.Max()))];
}
