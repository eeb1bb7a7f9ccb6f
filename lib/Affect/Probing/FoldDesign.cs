namespace Affect.Probing;

/// <summary>
/// A batch of training sets, each standardised on itself and turned onto its principal axes. A ridge penalty does not see the turn, but
/// there the curvature of the loss is nearly diagonal, and clips fewer than dimensions span fewer axes.
/// </summary>
/// <remarks>
/// With A the standardised training rows: for n ≤ d, A Aᵀ = U S Uᵀ gives the rows U √S on at most n axes and the scored rows B as
/// B Aᵀ U / √S; otherwise Aᵀ A = V S Vᵀ gives A V and B V. The last axis is the constant 1 of the bias.
/// </remarks>
internal sealed class FoldDesign
{
    // Axes of a smaller share of the largest variance are rounding errors of float32.
    private const double NegligibleShare = 1e-7;

    private FoldDesign(Tensor training, Tensor scored, Tensor curvature) => (Training, Scored, Curvature) = (training, scored, curvature);

    /// <summary><c>[sets, rows, axes]</c>; rows of padding are 0.</summary>
    internal Tensor Training { get; }

    /// <summary><c>[sets, scored rows, axes]</c></summary>
    internal Tensor Scored { get; }

    /// <summary>The diagonal of Trainingᵀ Training, <c>[sets, 1, axes]</c>.</summary>
    internal Tensor Curvature { get; }

    /// <param name="features">Clips by layers in rows, <c>[rows, dims]</c>.</param>
    /// <param name="training">Rows to fit on, <c>[sets, most rows]</c>, int64.</param>
    /// <param name="mask">1 for a row, 0 for padding, <c>[sets, most rows, 1]</c>.</param>
    /// <param name="scored">Rows to decide on, <c>[sets, most scored rows]</c>, int64.</param>
    internal static FoldDesign Of(Tensor features, Tensor training, Tensor mask, Tensor scored)
    {
        using var scope = NewDisposeScope();
        var (fit, decide) = Standardise(features, training, mask, scored);
        var isDual = fit.shape[1] <= fit.shape[2];
        var gram = isDual ? fit.bmm(fit.transpose(1, 2)) : fit.transpose(1, 2).bmm(fit);
        var (variances, axes) = linalg.eigh(gram);                                          // [sets, k], [sets, k, k]
        var isKept = variances.gt(variances.amax(new long[] { 1 }, keepdim: true) * NegligibleShare).to(fit.dtype);
        variances = variances * isKept;
        if (isDual)
        {
            var root = variances.sqrt();
            var inverse = isKept / (root + (1 - isKept));
            decide = decide.bmm(fit.transpose(1, 2)).bmm(axes * inverse.unsqueeze(1));
            fit = axes * root.unsqueeze(1);
        }
        else
        {
            fit = fit.bmm(axes);
            decide = decide.bmm(axes);
        }
        var bias = ones(new long[] { decide.shape[0], decide.shape[1], 1 }, dtype: decide.dtype, device: decide.device);
        return new FoldDesign(
            Guarded.Join(new[] { fit, mask }, 2).MoveToOuterDisposeScope(),
            Guarded.Join(new[] { decide, bias }, 2).MoveToOuterDisposeScope(),
            Guarded.Join(new[] { variances.unsqueeze(1), mask.sum(new long[] { 1 }, keepdim: true) }, 2).MoveToOuterDisposeScope());
    }

    private static (Tensor Fit, Tensor Decide) Standardise(Tensor features, Tensor training, Tensor mask, Tensor scored)
    {
        var dims = features.shape[1];
        var fit = features.index_select(0, training.flatten()).view(training.shape[0], -1, dims);
        var decide = features.index_select(0, scored.flatten()).view(scored.shape[0], -1, dims);
        // First less one of its own rows: a dimension that is constant on the training set becomes exactly 0, so its deviation does too.
        var first = fit.narrow(1, 0, 1).clone();
        fit.sub_(first).mul_(mask);
        decide.sub_(first);
        var counts = mask.sum(new long[] { 1 }, keepdim: true);                              // [sets, 1, 1]
        var mean = fit.sum(new long[] { 1 }, keepdim: true) / counts;
        fit.sub_(mean).mul_(mask);
        decide.sub_(mean);
        var variance = fit.square().sum(new long[] { 1 }, keepdim: true) / counts;           // population, as scikit-learn
        var scale = where(variance.gt(0), variance.rsqrt(), ones_like(variance));
        fit.mul_(scale);
        decide.mul_(scale);
        return (fit, decide);
    }
}
