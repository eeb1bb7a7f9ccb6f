namespace Affect.Encoders.Transformer;

/// <summary>Multi-head self-attention: <c>softmax(Q Kᵀ / √d) V</c>, heads side by side, then a linear map.</summary>
/// <remarks>Vaswani et al., <em>Attention Is All You Need</em>, arXiv:1706.03762, section 3.2.</remarks>
public sealed class SelfAttention : Module<Tensor, Tensor?, Tensor>
{
    private readonly LinearMap query;
    private readonly LinearMap key;
    private readonly LinearMap value;
    private readonly LinearMap output;
    private readonly double dropout;

    /// <param name="config">The block's shape.</param>
    public SelfAttention(BlockConfig config)
        : base(nameof(SelfAttention))
    {
        ArgumentNullException.ThrowIfNull(config);
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        (HiddenSize, Heads, dropout) = (config.HiddenSize, config.Heads, config.AttentionDropout);
        query = this.Place(config.Names.Query, new LinearMap(HiddenSize, HiddenSize, config.HasAttentionBias));
        key = this.Place(config.Names.Key, new LinearMap(HiddenSize, HiddenSize, config.HasAttentionBias));
        value = this.Place(config.Names.Value, new LinearMap(HiddenSize, HiddenSize, config.HasAttentionBias));
        output = this.Place(config.Names.Output, new LinearMap(HiddenSize, HiddenSize));
    }

    /// <summary>The size of a frame.</summary>
    public int HiddenSize { get; }

    /// <summary>How many heads there are.</summary>
    public int Heads { get; }

    /// <summary>Learned keys and values that are attended to as well; null: none. Whoever sets it registers it as the child <c>prefix</c>.</summary>
    internal AttentionPrefix? Prefix { get; set; }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <param name="mask">
    /// Bool, true where a frame (the third axis) may attend to another (the last): <c>[batch, 1, 1, frames]</c>, or <c>[batch, 1, frames, frames]</c>;
    /// null: everywhere.
    /// </param>
    /// <returns><c>[batch, frames, hidden]</c>, in the weights' number format.</returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        var q = query.call(input);
        var context = Attention.Mix(q, key.call(input), value.call(input), Heads, mask, training ? dropout : 0);
        if (Prefix is not null) context = context + Prefix.call(q);
        return output.call(context).MoveToOuterDisposeScope();
    }
}
