namespace Affect.Encoders.Hubert;

/// <summary>Positions and blocks: from projected frames to N + 1 states.</summary>
internal sealed class HubertTransformer : Module
{
    private readonly PositionalConvolution pos_conv_embed;
    private readonly LayerNorm layer_norm;
    private readonly ModuleList<TransformerBlock> layers;
    private readonly bool isPreNorm;
    private readonly double dropout;
    private readonly double layerDrop;

    internal HubertTransformer(HubertConfig config)
        : base(nameof(HubertTransformer))
    {
        pos_conv_embed = new PositionalConvolution(config);
        layer_norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        layers = TransformerBlocks.Of(config.Block);
        (isPreNorm, dropout, layerDrop) = (config.IsPreNorm, config.HiddenDropout, config.LayerDrop);
        RegisterComponents();
    }

    /// <summary>Runs the blocks up to a state.</summary>
    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <param name="valid"><c>[batch, frames]</c>, Bool; null: every frame is valid.</param>
    /// <param name="lastLayer">The last state wanted, 0…N.</param>
    /// <returns><paramref name="lastLayer"/> + 1 states, each <c>[batch, frames, hidden]</c>.</returns>
    internal List<Tensor> Run(Tensor input, Tensor? valid, int lastLayer)
    {
        using var scope = NewDisposeScope();
        var wide = input.to(layer_norm.weight!.dtype);
        // Padded frames are silent to the positional convolution, as if the clip ended there.
        var frames = valid is null ? wide : wide.masked_fill((~valid).unsqueeze(2), 0);
        var positioned = frames + pos_conv_embed.call(frames);
        if (!isPreNorm) positioned = layer_norm.call(positioned);
        if (training && dropout > 0) positioned = SeededDropout.Apply(positioned, dropout);
        return Continue(positioned, valid, from: 0, lastLayer).ToOuterScope();
    }

    /// <summary>Runs the blocks above a state.</summary>
    /// <param name="state">State <paramref name="from"/>, <c>[batch, frames, hidden]</c>.</param>
    /// <param name="valid"><c>[batch, frames]</c>, Bool; null: every frame is valid.</param>
    /// <param name="from">Which state it is, 0…N.</param>
    /// <param name="lastLayer">The last state wanted.</param>
    /// <returns>The states <paramref name="from"/> (the tensor given) to <paramref name="lastLayer"/>.</returns>
    internal List<Tensor> Continue(Tensor state, Tensor? valid, int from, int lastLayer)
    {
        using var scope = NewDisposeScope();
        var mask = valid is null ? null : FrameMask.Keys(valid);
        var states = layers.Run(state, mask, lastLayer, from, training ? layerDrop : 0);
        // Pre-norm: only the very last state has passed the final norm; the one before it is the block's own output.
        if (isPreNorm && from < lastLayer && lastLayer == layers.Count) states[^1] = layer_norm.call(states[^1]);
        return states.ToOuterScope(first: 1);
    }
}
