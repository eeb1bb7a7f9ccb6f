namespace Affect.Pretraining.Hubert;

/// <summary>What a step learns from.</summary>
/// <param name="Waveforms"><c>[batch, samples]</c></param>
/// <param name="Hidden"><c>[batch, frames]</c>, Bool, true where a frame is hidden.</param>
/// <param name="Units">Per code book <c>[batch · frames]</c>, int64.</param>
internal sealed record MaskedBatch(Tensor Waveforms, Tensor Hidden, IReadOnlyList<Tensor> Units) : IDisposable
{
    public void Dispose()
    {
        Waveforms.Dispose();
        Hidden.Dispose();
        foreach (var units in Units) units.Dispose();
    }
}
