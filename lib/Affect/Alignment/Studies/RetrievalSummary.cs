namespace Affect.Alignment.Studies;

/// <summary>How well pictures of unseen speakers find their sound, over all seeds and folds.</summary>
public sealed record RetrievalSummary
{
    /// <summary>How many sounds a clip chooses from, on average.</summary>
    public required double Candidates { get; init; }

    /// <summary>The share of clips whose own sound is the nearest.</summary>
    public required double RecallAt1 { get; init; }

    /// <summary>The share of clips whose own sound is among the five nearest.</summary>
    public required double RecallAt5 { get; init; }

    /// <summary>The middle rank.</summary>
    public required double MedianRank { get; init; }

    /// <summary>The middle rank by chance.</summary>
    public required double ChanceMedianRank { get; init; }

    /// <summary>The mean of 1 / rank.</summary>
    public required double MeanReciprocalRank { get; init; }

    /// <summary>The middle rank among the same speaker's sounds.</summary>
    public required double WithinSpeakerMedianRank { get; init; }

    /// <summary>That by chance.</summary>
    public required double WithinSpeakerChanceMedianRank { get; init; }

    /// <summary>Linear CKA of pooled frames and sound.</summary>
    public required double CkaBefore { get; init; }

    /// <summary>Linear CKA of the untrained network's vectors and sound.</summary>
    public required double CkaUntrained { get; init; }

    /// <summary>Linear CKA of aligned vectors and sound.</summary>
    public required double CkaAfter { get; init; }
}
