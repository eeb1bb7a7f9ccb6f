namespace Affect.Features;

/// <summary>What an extraction of frame sequences did.</summary>
public sealed record FrameReport
{
    /// <summary>Where the sequences are.</summary>
    public required SequenceStore Store { get; init; }

    /// <summary>How many clips the run was asked for.</summary>
    public required int Clips { get; init; }

    /// <summary>How many of them were there before.</summary>
    public required int Found { get; init; }

    /// <summary>How many were encoded and stored now.</summary>
    public required int Encoded { get; init; }

    /// <summary>How many pictures they have.</summary>
    public required long Frames { get; init; }

    /// <summary>Which clips gave no sequence, in the corpus's order.</summary>
    public required IReadOnlyList<ClipFailure> Failures { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
