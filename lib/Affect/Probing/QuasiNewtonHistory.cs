namespace Affect.Probing;

/// <summary>The last steps of many minimisations at once, from which L-BFGS draws each one's next direction.</summary>
/// <remarks>Nocedal and Wright, <em>Numerical Optimization</em>, 2nd edition, algorithm 7.4; vectors are the last two axes.</remarks>
internal sealed class QuasiNewtonHistory(int capacity) : IDisposable
{
    private readonly Queue<(Tensor Step, Tensor Change, Tensor InverseProduct)> pairs = [];

    /// <summary>Remembers a step and how the gradient changed with it; both are taken over.</summary>
    /// <param name="step"><c>[problems, classes, dims]</c></param>
    /// <param name="change"><c>[problems, classes, dims]</c></param>
    internal void Add(Tensor step, Tensor change)
    {
        var product = Dot(step, change);
        // A problem that stood still, or whose gradient changed by rounding only, says nothing about curvature.
        var isUseful = product.gt(1e-12).to(product.dtype);
        var inverse = isUseful / (product * isUseful + (1 - isUseful));
        foreach (var tensor in new[] { step, change, inverse }) tensor.DetachFromDisposeScope();
        pairs.Enqueue((step, change, inverse));
        if (pairs.Count > capacity) Free(pairs.Dequeue());
    }

    /// <summary>The direction −H g, where H extends a diagonal guess by the remembered steps.</summary>
    /// <param name="gradient"><c>[problems, classes, dims]</c></param>
    /// <param name="inverseCurvature">The diagonal guess of H, of the same shape or broadcast to it.</param>
    /// <returns><c>[problems, classes, dims]</c></returns>
    internal Tensor Direction(Tensor gradient, Tensor inverseCurvature)
    {
        using var scope = NewDisposeScope();
        var q = gradient.neg();
        var alphas = new Stack<Tensor>();
        foreach (var (step, change, inverse) in pairs.Reverse())
        {
            var alpha = inverse * Dot(step, q);
            q.sub_(alpha * change);
            alphas.Push(alpha);
        }
        q.mul_(inverseCurvature);
        foreach (var (step, change, inverse) in pairs) q.add_((alphas.Pop() - inverse * Dot(change, q)) * step);
        return q.MoveToOuterDisposeScope();
    }

    /// <summary>Inner products over the last two axes.</summary>
    /// <returns><c>[problems, 1, 1]</c></returns>
    internal static Tensor Dot(Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        return (left * right).sum(new long[] { 1, 2 }, keepdim: true).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        while (pairs.TryDequeue(out var pair)) Free(pair);
    }

    private static void Free((Tensor Step, Tensor Change, Tensor InverseProduct) pair)
    {
        pair.Step.Dispose();
        pair.Change.Dispose();
        pair.InverseProduct.Dispose();
    }
}
