namespace Affect.Adapters.Lora;

/// <summary>The factors with which an update of a weight's own parts begins. They depend on the frozen weight alone, so a file need not hold them.</summary>
/// <remarks>PEFT 0.10 and later, tuners/lora/layer.py, <c>pissa_init</c> and <c>olora_init</c>.</remarks>
internal static class InitialFactors
{
    /// <returns><c>[rank, in]</c> and <c>[out, rank]</c>, float32; null where nothing is taken off the weight.</returns>
    /// <exception cref="ArgumentException">The weight has fewer rows or columns than the rank.</exception>
    internal static (Tensor A, Tensor B)? Of(LinearMap target, int rank, double scale, LoraInitialisation initialisation)
    {
        if (initialisation == LoraInitialisation.Standard) return null;
        if (rank > Math.Min(target.weight.shape[0], target.weight.shape[1]))
            throw new ArgumentException($"Rank must be at most the smaller side of each weight with {initialisation}, but is {rank} for [{string.Join(", ", target.weight.shape)}].", nameof(rank));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var weight = target.weight.detach().to(ScalarType.Float32);
        if (initialisation == LoraInitialisation.Olora)
        {
            var (q, r) = linalg.qr(weight);
            return (r.narrow(0, 0, rank).contiguous().MoveToOuterDisposeScope(), q.narrow(1, 0, rank).contiguous().MoveToOuterDisposeScope());
        }
        var (u, s, v) = linalg.svd(weight, fullMatrices: false); // v is [min, in] already
        var root = (s.narrow(0, 0, rank) / scale).sqrt();
        return ((root.unsqueeze(1) * v.narrow(0, 0, rank)).contiguous().MoveToOuterDisposeScope(), (u.narrow(1, 0, rank) * root.unsqueeze(0)).contiguous().MoveToOuterDisposeScope());
    }
}
