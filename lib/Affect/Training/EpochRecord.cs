namespace Affect.Training;

/// <summary>What one pass over the items gave.</summary>
public sealed record EpochRecord
{
    /// <summary>The epoch's number, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>How many steps were taken by its end.</summary>
    public required int Steps { get; init; }

    /// <summary>The mean loss over the epoch's items, as they were when each was learned from.</summary>
    public required double Loss { get; init; }

    /// <summary>The means of the loss's parts.</summary>
    public IReadOnlyDictionary<string, double> Parts { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>What the validation measured afterwards; empty where there is none.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>How long it took, validation included, in seconds.</summary>
    public required double Seconds { get; init; }
}
