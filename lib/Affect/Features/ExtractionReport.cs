namespace Affect.Features;

/// <summary>What an extraction did.</summary>
public sealed record ExtractionReport
{
    /// <summary>Where the features are.</summary>
    public required FeatureStore Store { get; init; }

    /// <summary>How many clips the run was asked for: the corpus, or its shard.</summary>
    public required int Clips { get; init; }

    /// <summary>How many of them were there before.</summary>
    public required int Found { get; init; }

    /// <summary>How many were encoded and stored now.</summary>
    public required int Encoded { get; init; }

    /// <summary>Which clips gave no features, in the corpus's order.</summary>
    public required IReadOnlyList<ClipFailure> Failures { get; init; }

    /// <summary>How much sound the clips stored now hold, in seconds.</summary>
    public required double AudioSeconds { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
