namespace Affect.Alignment.Studies;

/// <summary>One seed's alignment in one fold, measured on the fold's held-out clips, whose speakers neither the aligner nor its teacher has met.</summary>
public sealed record AlignedFold
{
    /// <summary>The seed of weights, batches and labels.</summary>
    public required int Seed { get; init; }

    /// <summary>The fold's number.</summary>
    public required int Fold { get; init; }

    /// <summary>How many clips were learned from, without labels; those kept aside to choose the epoch by included.</summary>
    public required int LearnedFrom { get; init; }

    /// <summary>The speakers of those clips.</summary>
    public required IReadOnlyList<string> Learned { get; init; }

    /// <summary>The speakers whose labels the teacher may have used.</summary>
    public required IReadOnlyList<string> Taught { get; init; }

    /// <summary>The speakers held out.</summary>
    public required IReadOnlyList<string> Held { get; init; }

    /// <summary>The held-out clips that have pictures and sound, by name, in the order of the ranks.</summary>
    public required IReadOnlyList<string> Clips { get; init; }

    /// <summary>The epoch that was kept.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>The mean loss of each epoch.</summary>
    public required IReadOnlyList<double> Losses { get; init; }

    /// <summary>How long the training took.</summary>
    public required double Seconds { get; init; }

    /// <summary>How many numbers were trained.</summary>
    public required long Weights { get; init; }

    /// <summary>What cosines are divided by in the end.</summary>
    public required double Temperature { get; init; }

    /// <summary>Pictures find their sound among all of the held-out clips'.</summary>
    public required RetrievalScore Retrieval { get; init; }

    /// <summary>Pictures find their sound among those of the same speaker: who speaks does not help.</summary>
    public required RetrievalScore WithinSpeaker { get; init; }

    /// <summary>The same network before training, among all.</summary>
    public required RetrievalScore UntrainedRetrieval { get; init; }

    /// <summary>Linear CKA of the pooled frames and the sound.</summary>
    public required double CkaBefore { get; init; }

    /// <summary>Linear CKA of the untrained network's vectors and the sound.</summary>
    public required double CkaUntrained { get; init; }

    /// <summary>Linear CKA of the aligned vectors and the sound.</summary>
    public required double CkaAfter { get; init; }
}
