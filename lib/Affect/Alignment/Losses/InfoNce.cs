namespace Affect.Alignment.Losses;

/// <summary>Contrastive losses: a pair's own partner against the others of its batch.</summary>
/// <remarks>
/// van den Oord et al., arXiv:1807.03748, equation 4; the symmetric form with a learned temperature is CLIP's (arXiv:2103.00020, figure 3). Checked against
/// recorded losses and gradients.
/// </remarks>
public static class InfoNce
{
    /// <summary>Mean of both directions: which of the seconds belongs to each first, and the other way round.</summary>
    /// <param name="first"><c>[pairs, dims]</c>; brought to length 1 here.</param>
    /// <param name="second"><c>[pairs, dims]</c>; row i belongs to row i.</param>
    /// <param name="logitScale">ln of what cosines are multiplied by, one number.</param>
    /// <param name="forbidden"><c>[pairs, pairs]</c>, Bool: true where two rows may not count as each other's negatives; the diagonal does not matter. Null: none.</param>
    /// <param name="queue"><c>[queue, dims]</c>, further seconds that are nobody's partner; null: none.</param>
    /// <param name="forbiddenQueue"><c>[pairs, queue]</c>, Bool: as <paramref name="forbidden"/>; null: none.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">A shape is wrong.</exception>
    public static Tensor Symmetric(Tensor first, Tensor second, Tensor logitScale, Tensor? forbidden = null, Tensor? queue = null, Tensor? forbiddenQueue = null)
    {
        first.Shape([-1, -1], "[pairs, dims]");
        second.Shape(first.shape, "[pairs, dims]");
        ArgumentNullException.ThrowIfNull(logitScale);
        var pairs = first.shape[0];
        forbidden?.Shape([pairs, pairs], "[pairs, pairs]");
        queue?.Shape([-1, first.shape[1]], "[queue, dims]");
        using var scope = NewDisposeScope();
        var (ours, theirs, scale) = (Unit(first), Unit(second), logitScale.exp());
        var own = eye(pairs, dtype: ScalarType.Int64, device: first.device).ne(0);
        var logits = Mask(ours.mm(theirs.t()) * scale, forbidden is null ? null : forbidden & ~own);
        var forward = logits;
        if (queue is not null)
        {
            forbiddenQueue?.Shape([pairs, queue.shape[0]], "[pairs, queue]");
            forward = Guarded.Join([logits, Mask(ours.mm(Unit(queue).t()) * scale, forbiddenQueue)], 1);
        }
        var target = arange(pairs, dtype: ScalarType.Int64, device: first.device);
        return ((F.cross_entropy(forward, target) + F.cross_entropy(logits.t(), target)) / 2).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// Mean of both directions, against targets that the seconds' own similarities give: cross-entropy of
    /// <c>softmax(cos(first, second) · scale)</c> to <c>softmax(cos(second, second) / temperature)</c>.
    /// </summary>
    /// <param name="first"><c>[pairs, dims]</c>; brought to length 1 here.</param>
    /// <param name="second"><c>[pairs, dims]</c>; row i belongs to row i. Through the targets no gradient flows.</param>
    /// <param name="logitScale">ln of what cosines are multiplied by, one number.</param>
    /// <param name="temperature">What the seconds' own cosines are divided by, above 0; towards 0 the targets become those of <see cref="Symmetric"/> where no two seconds are alike.</param>
    /// <param name="forbidden"><c>[pairs, pairs]</c>, Bool, symmetric: true where two rows may not count for each other at all; the diagonal does not matter. Null: none.</param>
    /// <returns>A scalar; at least the targets' entropy.</returns>
    /// <exception cref="ArgumentException">A shape is wrong.</exception>
    /// <remarks>Soft targets from a teacher's similarities: Gao et al., <em>SoftCLIP</em>, arXiv:2303.17561, section 3.2, with the target on one side alone.</remarks>
    public static Tensor Soft(Tensor first, Tensor second, Tensor logitScale, double temperature, Tensor? forbidden = null)
    {
        first.Shape([-1, -1], "[pairs, dims]");
        second.Shape(first.shape, "[pairs, dims]");
        ArgumentNullException.ThrowIfNull(logitScale);
        Require.Between(1e-6, 1e6, temperature);
        var pairs = first.shape[0];
        forbidden?.Shape([pairs, pairs], "[pairs, pairs]");
        using var scope = NewDisposeScope();
        var (ours, theirs, scale) = (Unit(first), Unit(second), logitScale.exp());
        var others = forbidden is null ? null : forbidden & ~eye(pairs, dtype: ScalarType.Int64, device: first.device).ne(0);
        var target = Mask(theirs.mm(theirs.t()).detach() / temperature, others).softmax(1); // [pairs, pairs]; cosines are symmetric, so both directions have this one
        var logits = Mask(ours.mm(theirs.t()) * scale, others);
        var (forward, backward) = (logits.log_softmax(1), logits.t().log_softmax(1));
        if (others is not null) (forward, backward) = (forward.masked_fill(others, 0), backward.masked_fill(others, 0)); // 0 times an infinite loss would be no number
        return (-(target * forward + target * backward).sum(new long[] { 1 }).mean() / 2).MoveToOuterDisposeScope();
    }

    /// <summary>One direction with a fixed temperature: each query's own positive among all positives of the batch.</summary>
    /// <param name="query"><c>[pairs, dims]</c></param>
    /// <param name="positive"><c>[pairs, dims]</c>; row i belongs to row i.</param>
    /// <param name="temperature">What cosines are divided by, above 0.</param>
    /// <returns>A scalar.</returns>
    /// <exception cref="ArgumentException">A shape is wrong.</exception>
    public static Tensor InBatch(Tensor query, Tensor positive, double temperature)
    {
        query.Shape([-1, -1], "[pairs, dims]");
        positive.Shape(query.shape, "[pairs, dims]");
        Require.Between(1e-6, 1e6, temperature);
        using var scope = NewDisposeScope();
        var logits = Unit(query).mm(Unit(positive).t()) / temperature;
        return F.cross_entropy(logits, arange(query.shape[0], dtype: ScalarType.Int64, device: query.device)).MoveToOuterDisposeScope();
    }

    /// <summary>Rows of length 1.</summary>
    internal static Tensor Unit(Tensor rows)
    {
        using var scope = NewDisposeScope();
        return (rows / rows.pow(2).sum(new long[] { -1 }, keepdim: true).sqrt().clamp_min(1e-12)).MoveToOuterDisposeScope();
    }

    private static Tensor Mask(Tensor logits, Tensor? forbidden) =>
        forbidden is null ? logits : logits.masked_fill(forbidden, FrameMask.Lowest(logits.dtype));
}
