namespace Affect.Pretraining.Hubert;

/// <summary>What one iteration of pretraining was like.</summary>
public sealed record IterationRecord
{
    /// <summary>1 or more.</summary>
    public required int Iteration { get; init; }

    /// <summary>What its units were like.</summary>
    public required IReadOnlyList<UnitQuality> Units { get; init; }

    /// <summary>What its steps measured.</summary>
    public required MaskedSteps Steps { get; init; }

    /// <summary>The hash of its network, as the encoder tells it.</summary>
    public required string Fingerprint { get; init; }
}
