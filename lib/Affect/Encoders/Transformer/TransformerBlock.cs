namespace Affect.Encoders.Transformer;

/// <summary>The block of HuBERT, CLIP, ViT and BERT: self-attention, then a position-wise network, each with a norm and added to what went in.</summary>
/// <remarks>
/// Vaswani et al., arXiv:1706.03762, section 3.1 (post-norm); Xiong et al., arXiv:2002.04745 (pre-norm). The sum that runs through all blocks and the norms
/// keep float32 where the linear maps compute in bfloat16.
/// </remarks>
public sealed class TransformerBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly SelfAttention attention;
    private readonly LayerNorm attentionNorm;
    private readonly FeedForward feedForward;
    private readonly LayerNorm feedForwardNorm;
    private readonly BlockAdapter? adapter;
    private readonly bool isPreNorm;
    private readonly double dropout;

    /// <param name="config">The block's shape, and what its parts are called.</param>
    /// <exception cref="ArgumentException">The hidden size is no multiple of the heads.</exception>
    public TransformerBlock(BlockConfig config)
        : base(nameof(TransformerBlock))
    {
        ArgumentNullException.ThrowIfNull(config);
        BlockConfig.Validate(config);
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        attention = this.Place(config.Names.Attention, new SelfAttention(config));
        attentionNorm = this.Place(config.Names.AttentionNorm, nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon));
        feedForward = new FeedForward(config, block: this);
        feedForwardNorm = this.Place(config.Names.FeedForwardNorm, nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon));
        adapter = config.AdapterSize is { } size ? this.Place(BlockAdapter.SlotName, new BlockAdapter(config.HiddenSize, size)) : null;
        (isPreNorm, dropout) = (config.IsPreNorm, config.Dropout);
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <param name="mask">As in <see cref="SelfAttention.forward"/>.</param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        return (isPreNorm ? PreNorm(input, mask) : PostNorm(input, mask)).MoveToOuterDisposeScope();
    }

    private Tensor PreNorm(Tensor input, Tensor? mask)
    {
        var attended = input + Attend(attentionNorm.call(input), mask);
        var output = attended + feedForward.call(feedForwardNorm.call(attended));
        return adapter is null ? output : output + adapter.call(output);
    }

    private Tensor PostNorm(Tensor input, Tensor? mask)
    {
        var attended = attentionNorm.call(input + Attend(input, mask));
        return feedForwardNorm.call(attended + feedForward.call(attended));
    }

    private Tensor Attend(Tensor input, Tensor? mask)
    {
        var attended = attention.call(input, mask);
        return training && dropout > 0 ? SeededDropout.Apply(attended, dropout) : attended;
    }
}
