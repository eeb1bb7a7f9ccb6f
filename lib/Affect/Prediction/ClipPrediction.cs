namespace Affect.Prediction;

/// <summary>What a system says of one clip.</summary>
public sealed record ClipPrediction
{
    /// <summary>The clip's name.</summary>
    public required string ClipId { get; init; }

    /// <summary>The most probable emotion; null where the clip had nothing to judge by.</summary>
    public required string? Emotion { get; init; }

    /// <summary>The probability of each emotion, in the system's order; empty where the clip had nothing to judge by.</summary>
    public required IReadOnlyList<double> Probabilities { get; init; }

    /// <summary>The modalities that were used.</summary>
    public required IReadOnlyList<string> Used { get; init; }

    /// <summary>The modalities that were not, each with the reason, as in <c>no visual: the clip has no pictures</c>.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
