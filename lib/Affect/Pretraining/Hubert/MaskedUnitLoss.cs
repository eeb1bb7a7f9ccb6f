namespace Affect.Pretraining.Hubert;

/// <summary>How well units are named where frames are hidden, and, with less weight, where they are not.</summary>
/// <remarks>Hsu et al., arXiv:2106.07447, section II.B: <c>L = α L_m + (1 − α) L_u</c>. Here <c>L_m + β L_u</c>, each the mean over its frames.</remarks>
internal static class MaskedUnitLoss
{
    /// <summary>The share that some frames of a batch have in the loss of one code book; the shares of all frames add up to it.</summary>
    /// <param name="logits"><c>[frames, units]</c></param>
    /// <param name="units"><c>[frames]</c>, the right ones; int64.</param>
    /// <param name="hidden"><c>[frames]</c>, 1 where a frame is hidden, 0 elsewhere; float32.</param>
    /// <param name="hiddenFrames">How many frames of the whole batch are hidden.</param>
    /// <param name="seenFrames">How many are not.</param>
    /// <param name="unmaskedWeight">β</param>
    /// <returns>The sum to make small (with gradient); the two means, and the share of hidden frames that are named right.</returns>
    internal static (Tensor Loss, Tensor Masked, Tensor Unmasked, Tensor Accuracy) Of(
        Tensor logits, Tensor units, Tensor hidden, long hiddenFrames, long seenFrames, double unmaskedWeight)
    {
        using var scope = NewDisposeScope();
        var each = F.cross_entropy(logits, units, reduction: Reduction.None);                              // [frames]
        var masked = (each * hidden).sum() / (double)hiddenFrames;
        var unmasked = (each * (1.0 - hidden)).sum() / (double)seenFrames;
        var accuracy = (logits.detach().argmax(1).eq(units).to(ScalarType.Float32) * hidden).sum() / (double)hiddenFrames;
        return ((masked + unmasked * unmaskedWeight).MoveToOuterDisposeScope(), masked.detach().MoveToOuterDisposeScope(),
            unmasked.detach().MoveToOuterDisposeScope(), accuracy.MoveToOuterDisposeScope());
    }
}
