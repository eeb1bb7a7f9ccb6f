using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Affect.Training.Pretraining;

/// <summary>How well units are named where frames are hidden, and, with less weight, where they are not.</summary>
/// <remarks>Hsu et al., arXiv:2106.07447, section II.B: <c>L = α L_m + (1 − α) L_u</c>. Here <c>L_m + β L_u</c>, each the mean over its frames.</remarks>
internal static class MaskedUnitLoss
{
    /// <summary>The loss of one code book.</summary>
    /// <param name="logits"><c>[frames, units]</c></param>
    /// <param name="units"><c>[frames]</c>, the right ones; int64.</param>
    /// <param name="hidden"><c>[frames]</c>, 1 where a frame is hidden, 0 elsewhere; float32. Both kinds must occur.</param>
    /// <param name="unmaskedWeight">β</param>
    /// <returns>The sum to make small (with gradient); the two means, and the share of hidden frames that are named right.</returns>
    internal static (Tensor Loss, Tensor Masked, Tensor Unmasked, Tensor Accuracy) Of(Tensor logits, Tensor units, Tensor hidden, double unmaskedWeight)
    {
        using var scope = NewDisposeScope();
        var each = F.cross_entropy(logits, units, reduction: Reduction.None);                              // [frames]
        var (inside, seen) = (hidden / hidden.sum(), (1.0 - hidden) / (1.0 - hidden).sum());
        var (masked, unmasked) = ((each * inside).sum(), (each * seen).sum());
        var right = logits.detach().argmax(1).eq(units).to(ScalarType.Float32);
        var accuracy = (right * inside).sum();
        return ((masked + unmasked * unmaskedWeight).MoveToOuterDisposeScope(), masked.detach().MoveToOuterDisposeScope(),
            unmasked.detach().MoveToOuterDisposeScope(), accuracy.MoveToOuterDisposeScope());
    }
}
