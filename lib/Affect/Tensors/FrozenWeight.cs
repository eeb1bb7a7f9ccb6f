namespace Affect.Tensors;

/// <summary>
/// A tensor computed from weights (folded, reordered), kept for as long as those weights are frozen and unchanged; from weights that train it is
/// computed anew, so that gradients reach them.
/// </summary>
internal sealed class FrozenWeight(Func<Tensor> compute) : IDisposable
{
    // A few numbers of every weight tell whether somebody changed it in place: merging an adapter or loading a file changes them all.
    private const int Probes = 61;

    private Tensor? value;
    private Tensor? witness;

    /// <summary>The computed tensor; kept ones belong to this object, others to the current dispose scope.</summary>
    /// <param name="sources">The weights that it is computed from.</param>
    internal Tensor Get(params ReadOnlySpan<Tensor> sources)
    {
        foreach (var source in sources)
        {
            if (!source.requires_grad) continue;
            Dispose();
            return compute();
        }
        using var scope = NewDisposeScope();
        using var normal = inference_mode(false); // what inference mode makes cannot serve in training later
        using var noGrad = no_grad();
        var now = Witness(sources);
        if (value is not null && witness is not null && IsSame(witness, now)) return value;
        Dispose();
        witness = now.DetachFromDisposeScope();
        value = compute().contiguous().DetachFromDisposeScope();
        return value;
    }

    public void Dispose()
    {
        value?.Dispose();
        witness?.Dispose();
        (value, witness) = (null, null);
    }

    private static Tensor Witness(ReadOnlySpan<Tensor> sources)
    {
        var parts = new Tensor[sources.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var numbers = sources[i].detach().flatten();
            parts[i] = numbers.slice(0, 0, numbers.shape[0], Math.Max(1, numbers.shape[0] / Probes));
        }
        return parts.Length == 1 ? parts[0].clone() : Guarded.Join(parts, 0);
    }

    private static bool IsSame(Tensor before, Tensor now) =>
        before.dtype == now.dtype
        && before.device_type == now.device_type
        && before.device_index == now.device_index
        && before.shape[0] == now.shape[0]
        && before.eq(now).all().ToBoolean();
}
