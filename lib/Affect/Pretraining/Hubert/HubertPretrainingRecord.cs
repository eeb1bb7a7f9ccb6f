namespace Affect.Pretraining.Hubert;

/// <summary>The record of a HuBERT's pretraining.</summary>
public sealed record HubertPretrainingRecord : PretrainingRecord
{
    /// <summary>The recipe.</summary>
    public required HubertPretrainingConfig Recipe { get; init; }

    /// <summary>How many clips were heard.</summary>
    public required int Clips { get; init; }

    /// <summary>Of how many speakers.</summary>
    public required int Speakers { get; init; }

    /// <summary>How long they are in all, hours.</summary>
    public required double Hours { get; init; }

    /// <summary>One an iteration.</summary>
    public required IReadOnlyList<IterationRecord> Iterations { get; init; }

    /// <summary>Reads the record of a checkpoint's folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static HubertPretrainingRecord Read(string folder) => Read<HubertPretrainingRecord>(folder, "lab pretrain hubert");
}
