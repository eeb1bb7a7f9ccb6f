namespace Affect.Probing;

/// <summary>
/// Standardised clips turned onto their principal axes. A ridge penalty does not see the turn, but there the curvature of the loss is nearly diagonal, and
/// clips fewer than dimensions span fewer axes.
/// </summary>
/// <remarks>With A the clips in rows: for n ≤ d, A Aᵀ = U S Uᵀ gives the rows U √S; otherwise Aᵀ A = V S Vᵀ gives A V. The last axis is the constant 1 of the bias.</remarks>
internal sealed class PrincipalAxes
{
    // Axes of a smaller share of the largest variance are rounding errors of float32.
    private const double NegligibleShare = 1e-7;

    private readonly Tensor toDims; // [axes without the bias, clips or dims]
    private readonly Tensor? clips; // [clips, dims], where the axes are those of the clips

    /// <param name="standardised"><c>[clips, dims]</c>, float64.</param>
    internal PrincipalAxes(Tensor standardised)
    {
        var isDual = standardised.shape[0] <= standardised.shape[1];
        var narrow = standardised.to(float32);
        var gram = isDual ? narrow.mm(narrow.t()) : narrow.t().mm(narrow);
        var (variances, vectors) = linalg.eigh(gram);
        var kept = variances.gt(variances.amax() * NegligibleShare).nonzero().squeeze(1);
        vectors = vectors.index_select(1, kept);
        var root = variances.index_select(0, kept).sqrt();
        clips = isDual ? standardised : null;
        toDims = (isDual ? vectors / root : vectors).t().to(float64);
        var turned = isDual ? vectors * root : narrow.mm(vectors);
        var one = ones(new long[] { standardised.shape[0], 1 }, dtype: float32, device: standardised.device);
        Rows = Guarded.Join([turned, one], 1);
        Curvature = LinearProbe.Values(Rows.square().sum(new long[] { 0 }).to(float64));
    }

    /// <summary><c>[clips, axes]</c>, float32.</summary>
    internal Tensor Rows { get; }

    /// <summary>The diagonal of Rowsᵀ Rows, <c>[axes]</c>.</summary>
    internal double[] Curvature { get; }

    /// <summary>Weights on the axes, without that of the bias, as weights on the features' dimensions.</summary>
    /// <param name="weights"><c>[classes, axes - 1]</c></param>
    /// <returns><c>[classes, dims]</c></returns>
    internal Tensor ToDims(Tensor weights) => clips is null ? weights.mm(toDims) : weights.mm(toDims).mm(clips);
}
