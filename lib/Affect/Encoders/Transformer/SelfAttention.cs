namespace Affect.Encoders.Transformer;

/// <summary>Multi-head self-attention: <c>softmax(Q Kᵀ / √d + mask) V</c>, heads side by side.</summary>
/// <remarks>
/// Vaswani et al., <em>Attention Is All You Need</em>, arXiv:1706.03762, section 3.2. Names as in transformers' HuBERT, wav2vec 2.0 and CLIP.
/// The projections may be replaced by any module of the same shape, as adapters do.
/// </remarks>
public sealed class SelfAttention : Module<Tensor, Tensor?, Tensor>, IPrefixedAttention
{
    private readonly Module<Tensor, Tensor> q_proj;
    private readonly Module<Tensor, Tensor> k_proj;
    private readonly Module<Tensor, Tensor> v_proj;
    private readonly Module<Tensor, Tensor> out_proj;
    private readonly int heads;
    private readonly double dropout;

    /// <param name="hiddenSize">The size of a frame; a multiple of <paramref name="heads"/>.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="dropout">The share of attention weights that training drops.</param>
    public SelfAttention(int hiddenSize, int heads, double dropout)
        : base(nameof(SelfAttention))
    {
        q_proj = new LinearMap(hiddenSize, hiddenSize);
        k_proj = new LinearMap(hiddenSize, hiddenSize);
        v_proj = new LinearMap(hiddenSize, hiddenSize);
        out_proj = new LinearMap(hiddenSize, hiddenSize);
        HiddenSize = hiddenSize;
        this.heads = heads;
        this.dropout = dropout;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public int HiddenSize { get; }

    int IPrefixedAttention.Heads => heads;

    AttentionPrefix? IPrefixedAttention.Prefix { get; set; }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <param name="mask"><c>[batch, 1, 1, frames]</c>, or one row for each frame: <c>[batch, 1, frames, frames]</c>; added to the scores; null: every frame is valid.</param>
    /// <returns><c>[batch, frames, hidden]</c>, in the weights' number format.</returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var narrow = input.As(q_proj.WeightType());
        var prefix = ((IPrefixedAttention)this).Prefix;
        var context = Attention.Mix(narrow.Through(q_proj), narrow.Through(k_proj), narrow.Through(v_proj), heads, mask, training ? dropout : 0, prefix);
        return context.Through(out_proj).MoveToOuterDisposeScope();
    }
}
