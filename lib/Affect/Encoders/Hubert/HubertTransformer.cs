namespace Affect.Encoders.Hubert;

/// <summary>Positions and blocks: from projected frames to N + 1 states.</summary>
internal sealed class HubertTransformer : Module
{
    private readonly PositionalConvolution pos_conv_embed;
    private readonly LayerNorm layer_norm;
    private readonly ModuleList<HubertBlock> layers;
    private readonly bool isPreNorm;
    private readonly double dropout;
    private readonly double layerDrop;

    internal HubertTransformer(HubertConfig config)
        : base(nameof(HubertTransformer))
    {
        pos_conv_embed = new PositionalConvolution(config);
        layer_norm = nn.LayerNorm(config.HiddenSize, config.LayerNormEpsilon);
        layers = new ModuleList<HubertBlock>([.. Enumerable.Range(0, config.Layers).Select(_ => new HubertBlock(config))]);
        isPreNorm = config.IsPreNorm;
        (dropout, layerDrop) = (config.HiddenDropout, config.LayerDrop);
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
        // Padded frames are silent to the positional convolution, as if the clip ended there.
        var wide = input.As(layer_norm.weight!.dtype);
        var frames = valid is null ? wide : wide.masked_fill((~valid).unsqueeze(2), 0);
        var mask = valid is null ? null : FrameMask.Additive(valid, input.dtype);
        var current = frames.Plus(pos_conv_embed.call(frames));
        if (!isPreNorm) current = layer_norm.call(current);
        if (training && dropout > 0) current = SeededDropout.Apply(current, dropout);
        var states = Continue(current, mask, 0, lastLayer);
        foreach (var state in states) state.MoveToOuterDisposeScope();
        return states;
    }

    /// <summary>Runs the blocks above a state.</summary>
    /// <param name="state">State <paramref name="from"/>, <c>[batch, frames, hidden]</c>.</param>
    /// <param name="mask"><c>[batch, 1, 1, frames]</c>, added to the attention scores; null: every frame is valid.</param>
    /// <param name="from">Which state it is, 0…N.</param>
    /// <param name="lastLayer">The last state wanted.</param>
    /// <returns>The states <paramref name="from"/> (the tensor given) to <paramref name="lastLayer"/>.</returns>
    internal List<Tensor> Continue(Tensor state, Tensor? mask, int from, int lastLayer)
    {
        using var scope = NewDisposeScope();
        var current = state;
        var states = new List<Tensor>(lastLayer - from + 1) { current };
        for (var layer = from; layer < lastLayer; layer++)
        {
            Interruption.Check();
            if (!IsDropped()) current = layers[layer].call(current, mask);
            // Pre-norm: only the very last state has passed the final norm; the one before it is the block's own output.
            if (isPreNorm && layer == layers.Count - 1) current = layer_norm.call(current);
            states.Add(current);
        }
        for (var i = 1; i < states.Count; i++) states[i].MoveToOuterDisposeScope();
        return states;
    }

    internal void Initialise(Generator generator) => pos_conv_embed.Initialise(generator);

    // LayerDrop (arXiv:1909.11556): a dropped block passes its input on, and the number of states stays.
    private bool IsDropped() => training && layerDrop > 0 && SeededDropout.Drops(layerDrop);
}
