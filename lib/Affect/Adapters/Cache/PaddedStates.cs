namespace Affect.Adapters.Cache;

/// <summary>States of several clips, padded with 0 to the longest.</summary>
/// <param name="States"><c>[batch, frames, size]</c>, float32.</param>
/// <param name="Lengths"><c>[batch]</c>, the valid frames; Int64.</param>
public sealed record PaddedStates(Tensor States, Tensor Lengths)
{
    /// <summary>The lengths where there is padding; null where every frame is valid.</summary>
    internal Tensor? Padding { get; init; }
}
