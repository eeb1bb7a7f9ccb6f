namespace Affect.Fusion;

/// <summary>Takes modalities away in training, so that a fusion does not lean on one of them.</summary>
/// <remarks>
/// Qi et al., arXiv:2409.07078: ẽᵢ = mᵢ eᵢ with mᵢ ~ Bernoulli(1 − p), on the embeddings, before they are fused. Ours (not known of the paper): each clip
/// and modality by itself, no division by 1 − p, and a clip that would lose all that it has is drawn anew.
/// </remarks>
public sealed record ModalityDropout
{
    /// <summary>p, the probability that a modality is taken away; at most 0.95, so that one can be left.</summary>
    public double Probability { get; init => field = Require.Between(0, 0.95, value); } = 0.2;

    /// <summary>Draws what is left of a batch. For training only: at evaluation a clip keeps what it has.</summary>
    /// <param name="batch">The batch; what is missing stays missing.</param>
    /// <param name="random">Decides.</param>
    /// <returns>The batch with its new presence, which belongs to the current dispose scope.</returns>
    /// <exception cref="ArgumentException">A clip has no modality.</exception>
    public ModalityBatch Apply(ModalityBatch batch, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(random);
        if (Probability == 0) return batch;
        var (clips, modalities) = ((int)batch.Count, batch.Features.Count);
        var present = batch.Presence is null ? Enumerable.Repeat(true, clips * modalities).ToArray() : batch.Presence.cpu().contiguous().data<bool>().ToArray();
        var kept = new bool[present.Length];
        for (var clip = 0; clip < clips; clip++)
        {
            var had = present.AsSpan(clip * modalities, modalities);
            var left = kept.AsSpan(clip * modalities, modalities);
            if (!had.Contains(true)) throw new ArgumentException("Each clip must have a modality, but one has none.", nameof(batch));
            do
            {
                for (var m = 0; m < modalities; m++) left[m] = had[m] & !random.Chance(Probability);
            }
            while (!left.Contains(true));
        }
        return batch with { Presence = tensor(kept, new long[] { clips, modalities }, device: batch.Features[0].device) };
    }
}
