namespace Affect.Encoders.Transformer;

/// <summary>What attention computes between its projections, whatever a checkpoint calls them.</summary>
/// <remarks>Vaswani et al., <em>Attention Is All You Need</em>, arXiv:1706.03762, section 3.2.</remarks>
internal static class Attention
{
    /// <summary><c>softmax(Q Kᵀ / √d + mask) V</c>, heads side by side.</summary>
    /// <param name="query"><c>[batch, frames, hidden]</c>, fresh from its projection: it is scaled in place.</param>
    /// <param name="key"><c>[batch, keys, hidden]</c></param>
    /// <param name="value"><c>[batch, keys, hidden]</c></param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="mask">Added to the scores; anything that spreads to <c>[batch, heads, frames, keys]</c>. Null: every key is valid.</param>
    /// <param name="dropout">The share of attention weights that are dropped now; 0 outside training.</param>
    /// <param name="prefix">Learned keys and values that are attended to as well; null: none.</param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    internal static Tensor Mix(Tensor query, Tensor key, Tensor value, int heads, Tensor? mask, double dropout, AttentionPrefix? prefix = null)
    {
        using var scope = NewDisposeScope();
        var (batch, frames, hidden, keys) = (query.shape[0], query.shape[1], query.shape[2], key.shape[1]);
        var headSize = hidden / heads;
        var asked = Heads(query.mul_(1 / Math.Sqrt(headSize)), heads);
        var scores = asked.bmm(Heads(key, heads).transpose(1, 2)); // [batch * heads, frames, keys]
        if (mask is not null) scores.view(batch, heads, frames, keys).add_(mask.As(scores.dtype));
        var weights = F.softmax(scores, dim: -1);
        if (dropout > 0) weights = SeededDropout.Apply(weights, dropout);
        var seen = weights.bmm(Heads(value, heads));
        if (prefix is not null) seen = seen + prefix.call(asked);
        var context = seen.view(batch, heads, frames, headSize);
        return context.transpose(1, 2).reshape(batch, frames, hidden).MoveToOuterDisposeScope();
    }

    // [batch, frames, hidden] -> [batch * heads, frames, hidden / heads]
    private static Tensor Heads(Tensor projected, int heads)
    {
        var (batch, frames, hidden) = (projected.shape[0], projected.shape[1], projected.shape[2]);
        return projected.view(batch, frames, heads, hidden / heads).transpose(1, 2).reshape(batch * heads, frames, hidden / heads);
    }
}
