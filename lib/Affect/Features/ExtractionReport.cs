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

    /// <summary>How long the clips stored now are together: samples of sound, pictures, or texts.</summary>
    public required long Length { get; init; }

    /// <summary>How much sound the clips stored now hold, in seconds; 0 where no sound was encoded.</summary>
    public double AudioSeconds => Store.Recipe.SampleRate == 0 ? 0 : Length / (double)Store.Recipe.SampleRate;

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
