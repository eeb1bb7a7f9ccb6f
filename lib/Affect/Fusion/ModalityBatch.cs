namespace Affect.Fusion;

/// <summary>Some clips' features by modality, and which of them are there. The tensors stay the caller's.</summary>
public sealed record ModalityBatch
{
    /// <summary>One tensor per modality: <c>[batch, dims]</c>, or <c>[batch, frames, dims]</c> for fusions of sequences.</summary>
    public required IReadOnlyList<Tensor> Features { get; init; }

    /// <summary><c>[batch, modalities]</c>, Bool: whether a clip has a modality; null: all have all. What a missing modality's features hold plays no part.</summary>
    public Tensor? Presence { get; init; }

    /// <summary>Per modality <c>[batch, frames]</c>, Bool: which frames are valid; null, or null for one modality: all are.</summary>
    public IReadOnlyList<Tensor?>? FrameMasks { get; init; }

    /// <summary>How many clips there are.</summary>
    public long Count => Features[0].shape[0];

    /// <summary>The same clips with only some of their modalities.</summary>
    /// <param name="subset">True for each modality that is left.</param>
    /// <returns>A batch whose presence belongs to the current dispose scope.</returns>
    public ModalityBatch Only(IReadOnlyList<bool> subset)
    {
        ArgumentNullException.ThrowIfNull(subset);
        if (subset.Count != Features.Count) throw new ArgumentException($"subset must say of each of the {Features.Count} modalities whether it is left, but is of {subset.Count}.", nameof(subset));
        using var scope = NewDisposeScope();
        var device = Features[0].device;
        var kept = tensor(subset.ToArray(), new long[] { 1, subset.Count }, device: device);
        var presence = Presence is null ? kept.expand(Count, subset.Count).contiguous() : Presence & kept;
        return this with { Presence = presence.MoveToOuterDisposeScope() };
    }
}
