namespace Affect.Training;

/// <summary>How a training went.</summary>
public sealed record TrainingResult
{
    /// <summary>The epochs, in order.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>The epoch whose weights were kept.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>How many steps were taken.</summary>
    public required int Steps { get; init; }

    /// <summary>How many numbers were trained.</summary>
    public required long TrainedWeights { get; init; }

    /// <summary>Whether training ended because the score did not rise any more.</summary>
    public required bool StoppedEarly { get; init; }

    /// <summary>The kept epoch.</summary>
    public EpochRecord Best => Epochs[BestEpoch - 1];

    /// <summary>The time of all epochs together, in seconds; of those before an interruption, too.</summary>
    public double Seconds => Epochs.Sum(epoch => epoch.Seconds);
}
