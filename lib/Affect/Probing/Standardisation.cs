namespace Affect.Probing;

/// <summary>Brings each dimension to mean 0 and deviation 1 (population, as scikit-learn) over the clips that were learned from; one that never varied becomes 0.</summary>
/// <param name="Mean"><c>[dims]</c></param>
/// <param name="Scale"><c>[dims]</c>, 1 / deviation.</param>
internal sealed record Standardisation(double[] Mean, double[] Scale)
{
    /// <param name="features"><c>[clips, dims]</c></param>
    internal static Standardisation Of(Tensor features)
    {
        using var scope = NewDisposeScope();
        var all = features.to(float64);
        // First less one of its own rows: what is constant becomes exactly 0, so its deviation does too.
        var first = all.narrow(0, 0, 1);
        var moved = all - first;
        var mean = moved.mean(new long[] { 0 }, keepdim: true);
        var variance = (moved - mean).square().mean(new long[] { 0 }, keepdim: true);
        var scale = where(variance.gt(0), variance.rsqrt(), ones_like(variance));
        return new Standardisation((first + mean).cpu().data<double>().ToArray(), scale.cpu().data<double>().ToArray());
    }

    /// <param name="features"><c>[clips, dims]</c></param>
    /// <returns><c>[clips, dims]</c>, float64.</returns>
    internal Tensor Apply(Tensor features)
    {
        using var scope = NewDisposeScope();
        var (mean, scale) = (tensor(Mean, device: features.device), tensor(Scale, device: features.device));
        return ((features.to(float64) - mean) * scale).MoveToOuterDisposeScope();
    }
}
