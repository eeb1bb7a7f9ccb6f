namespace Affect.Encoders.Hubert;

/// <summary>One transformer block, its norms after (base) or before (large) attention and the position-wise network.</summary>
internal sealed class HubertBlock : Module<Tensor, Tensor?, Tensor>
{
    private readonly SelfAttention attention;
    private readonly LayerNorm layer_norm;
    private readonly FeedForward feed_forward;
    private readonly LayerNorm final_layer_norm;
    private readonly BlockAdapter? adapter_layer;
    private readonly bool isPreNorm;
    private readonly double dropout;

    internal HubertBlock(HubertConfig config)
        : base(nameof(HubertBlock))
    {
        attention = new SelfAttention(config.HiddenSize, config.Heads, config.AttentionDropout);
        layer_norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        feed_forward = new FeedForward(config);
        final_layer_norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        adapter_layer = config is { IsPreNorm: true, AdapterSize: { } size } ? new BlockAdapter(config.HiddenSize, size) : null;
        isPreNorm = config.IsPreNorm;
        dropout = config.HiddenDropout;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <param name="mask"><c>[batch, 1, 1, frames]</c>, added to the attention scores; null: every frame is valid.</param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input, Tensor? mask)
    {
        using var scope = NewDisposeScope();
        return (isPreNorm ? PreNorm(input, mask) : PostNorm(input, mask)).MoveToOuterDisposeScope();
    }

    private Tensor PostNorm(Tensor input, Tensor? mask)
    {
        var attended = layer_norm.call(input.Plus(Attend(input, mask)));
        return final_layer_norm.call(attended.Plus(feed_forward.call(attended)));
    }

    private Tensor PreNorm(Tensor input, Tensor? mask)
    {
        var attended = input.Plus(Attend(layer_norm.call(input), mask));
        var output = attended.Plus(feed_forward.call(final_layer_norm.call(attended)));
        return adapter_layer is null ? output : output.Plus(adapter_layer.call(output));
    }

    private Tensor Attend(Tensor input, Tensor? mask)
    {
        var attended = attention.call(input, mask);
        return training && dropout > 0 ? SeededDropout.Apply(attended, dropout) : attended;
    }
}
