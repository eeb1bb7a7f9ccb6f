namespace Affect.Pretraining.CLIP;

/// <summary>The record of a CLIP's pretraining.</summary>
public sealed record CLIPPretrainingRecord : PretrainingRecord
{
    /// <summary>The recipe.</summary>
    public required CLIPPretrainingConfig Recipe { get; init; }

    /// <summary>Of how many people the pictures are.</summary>
    public required int Speakers { get; init; }

    /// <summary>How many different captions there are.</summary>
    public required int Captions { get; init; }

    /// <summary>Some of the captions, for people to read.</summary>
    public required IReadOnlyList<string> Examples { get; init; }

    /// <summary>How many tokens the vocabulary has.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>How many weights the network has.</summary>
    public required long Weights { get; init; }

    /// <summary>One an epoch.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>Reads the record of a checkpoint's folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static CLIPPretrainingRecord Read(string folder) => Read<CLIPPretrainingRecord>(folder, "lab pretrain clip");
}
