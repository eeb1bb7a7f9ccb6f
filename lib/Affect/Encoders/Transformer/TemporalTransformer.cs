namespace Affect.Encoders.Transformer;

/// <summary>
/// A small transformer over the frames of a clip, then the mean over those that are valid: what a picture encoder sees one picture at a time becomes one vector
/// that knows of their order.
/// </summary>
/// <remarks>
/// Temporal encoder of arXiv:2409.05015, whose own is not published: two pre-norm blocks, positions learned, the mean over time, a projection are
/// <b>our inference</b>.
/// </remarks>
public sealed class TemporalTransformer : Module<Tensor, Tensor, Tensor>
{
    private readonly LayerNorm input_norm;
    private readonly LinearMap input_projection;
    private readonly Parameter positions; // [frames, hidden]
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm output_norm;
    private readonly LinearMap output_projection;

    /// <param name="config">The network's shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <exception cref="ArgumentException">Sizes do not fit each other.</exception>
    public TemporalTransformer(TemporalConfig config, int seed)
        : base(nameof(TemporalTransformer))
    {
        ArgumentNullException.ThrowIfNull(config);
        Config = config;
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        input_norm = this.Place(nameof(input_norm), nn.LayerNorm(config.InputSize));
        input_projection = this.Place(nameof(input_projection), new LinearMap(config.InputSize, config.HiddenSize));
        positions = nn.Parameter(zeros(config.MaximumFrames, config.HiddenSize));
        register_parameter(nameof(positions), positions);
        blocks = this.Place("encoder.layers", TransformerBlocks.Of(config.Block));
        output_norm = this.Place(nameof(output_norm), nn.LayerNorm(config.HiddenSize));
        output_projection = this.Place(nameof(output_projection), new LinearMap(config.HiddenSize, config.OutputSize));
        using var generator = new Generator((ulong)seed);
        Initialise(generator);
    }

    /// <summary>The network's shape.</summary>
    public TemporalConfig Config { get; }

    /// <param name="frames"><c>[batch, frames, in]</c></param>
    /// <param name="lengths"><c>[batch]</c>, the valid frames of each clip; Int64.</param>
    /// <returns><c>[batch, out]</c></returns>
    /// <exception cref="ArgumentException">A shape is wrong, or there are more frames than positions.</exception>
    public override Tensor forward(Tensor frames, Tensor lengths)
    {
        frames.Shape([-1, -1, Config.InputSize], "[batch, frames, in]");
        lengths.Shape([frames.shape[0]], "[batch]");
        var count = frames.shape[1];
        if (count > Config.MaximumFrames)
            throw new ArgumentException($"frames must be at most {Config.MaximumFrames} in a clip, but are {count}; sample fewer.", nameof(frames));
        using var scope = NewDisposeScope();
        var valid = FrameMask.Of(lengths, count); // [batch, frames]
        var input = input_projection.call(input_norm.call(frames)) + positions.narrow(0, 0, count);
        var state = output_norm.call(blocks.Run(input, FrameMask.Keys(valid), Config.Layers)[^1]);
        var mean = state.masked_fill(~valid.unsqueeze(2), 0).sum(new long[] { 1 }) / lengths.unsqueeze(1).to(state.dtype); // [batch, hidden]
        return output_projection.call(mean).MoveToOuterDisposeScope();
    }

    private void Initialise(Generator generator)
    {
        using var noGrad = no_grad();
        PretrainedFolder.Draw(this, generator, (_, weight) => Math.Pow(weight.shape[1], -0.5));
        positions.normal_(0, 0.02, generator);
    }
}
