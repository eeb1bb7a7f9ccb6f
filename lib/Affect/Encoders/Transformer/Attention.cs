namespace Affect.Encoders.Transformer;

/// <summary>What attention computes between its projections.</summary>
/// <remarks>Vaswani et al., <em>Attention Is All You Need</em>, arXiv:1706.03762, section 3.2.</remarks>
internal static class Attention
{
    /// <summary><c>softmax(Q Kᵀ / √d) V</c>, heads side by side.</summary>
    /// <param name="query"><c>[batch, frames, hidden]</c></param>
    /// <param name="key"><c>[batch, keys, hidden]</c></param>
    /// <param name="value"><c>[batch, keys, hidden]</c></param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="mask">Bool, true where a frame may attend to a key; spreads to <c>[batch, heads, frames, keys]</c>. Null: everywhere.</param>
    /// <param name="dropout">The share of attention weights that are dropped now; 0 outside training.</param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    internal static Tensor Mix(Tensor query, Tensor key, Tensor value, int heads, Tensor? mask, double dropout)
    {
        using var scope = NewDisposeScope();
        var (q, k, v) = (Split(query, heads), Split(key, heads), Split(value, heads));
        return Join(dropout > 0 ? Explicit(q, k, v, mask, dropout) : F.scaled_dot_product_attention(q, k, v, mask)).MoveToOuterDisposeScope();
    }

    /// <summary>The same, written out, and with dropout: libtorch's own would draw what is dropped from a generator that all work shares.</summary>
    /// <inheritdoc cref="Mix"/>
    internal static Tensor Explicit(Tensor query, Tensor key, Tensor value, Tensor? mask, double dropout)
    {
        using var scope = NewDisposeScope();
        var scores = (query * (1 / Math.Sqrt(query.shape[^1]))).Times(key.transpose(-2, -1)); // [.., frames, keys]
        if (mask is not null) scores = scores.masked_fill(~mask, FrameMask.Lowest(scores.dtype));
        var weights = F.softmax(scores, dim: -1);
        return (dropout > 0 ? SeededDropout.Apply(weights, dropout) : weights).Times(value).MoveToOuterDisposeScope();
    }

    /// <summary><c>[batch, frames, hidden]</c> as <c>[batch, heads, frames, hidden / heads]</c>.</summary>
    internal static Tensor Split(Tensor projected, long heads) => projected.view(projected.shape[0], projected.shape[1], heads, -1).transpose(1, 2);

    /// <summary><c>[batch, heads, frames, hidden / heads]</c> as <c>[batch, frames, hidden]</c>.</summary>
    internal static Tensor Join(Tensor split) => split.transpose(1, 2).flatten(2);
}
