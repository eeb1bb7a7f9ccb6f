namespace Affect.Pretraining.Bert;

/// <summary>The record of a text encoder's pretraining.</summary>
public sealed record TextPretrainingRecord : PretrainingRecord
{
    /// <summary>The recipe.</summary>
    public required TextPretrainingConfig Recipe { get; init; }

    /// <summary>How many sentences were drawn.</summary>
    public required int Drawn { get; init; }

    /// <summary>How many of them were read: all but those that stand in a held-out corpus.</summary>
    public required int Sentences { get; init; }

    /// <summary>How many of the sentences read differ.</summary>
    public required int Different { get; init; }

    /// <summary>How many clips of the corpus of seed 1, on which results are reported, say a sentence that was read, word for word.</summary>
    public required int OccurringInReported { get; init; }

    /// <summary>The SHA-256 of the sentences read, in alphabetical order, one a line.</summary>
    public required string TextDigest { get; init; }

    /// <summary>How many tokens the vocabulary has.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>How many steps were taken.</summary>
    public required int Steps { get; init; }

    /// <summary>Every epoch's losses: the sum, and its parts.</summary>
    public required IReadOnlyList<EpochRecord> Epochs { get; init; }

    /// <summary>Reads the record of a checkpoint's folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static TextPretrainingRecord Read(string folder) => Read<TextPretrainingRecord>(folder, "lab pretrain bert");
}
