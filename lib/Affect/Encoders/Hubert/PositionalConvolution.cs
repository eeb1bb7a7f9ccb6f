namespace Affect.Encoders.Hubert;

/// <summary>Tells frames where they are by a wide grouped convolution over them.</summary>
/// <remarks>Baevski et al., <em>wav2vec 2.0</em>, arXiv:2006.11477, section 2.</remarks>
internal sealed class PositionalConvolution : Module<Tensor, Tensor>
{
    private readonly BatchNorm1d? batch_norm;
    private readonly Module conv;
    private readonly int padding;
    private readonly int groups;
    private readonly Activation activation;

    internal PositionalConvolution(HubertConfig config)
        : base(nameof(PositionalConvolution))
    {
        (padding, groups, activation) = (config.PositionKernel / 2, config.PositionGroups, config.ConvActivation);
        batch_norm = config.HasPositionBatchNorm ? nn.BatchNorm1d(config.HiddenSize) : null;
        conv = config.HasPositionBatchNorm
            ? Guarded.Conv1d(config.HiddenSize, config.HiddenSize, config.PositionKernel, groups: groups)
            : new WeightNormConv(config.HiddenSize, config.PositionKernel, groups);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c>, in the weights' number format.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var frames = batch_norm is null ? input : batch_norm.call(input.transpose(1, 2)).transpose(1, 2);
        var (weight, bias) = conv is WeightNormConv normed ? (normed.Weight(), normed.Bias) : (((Conv1d)conv).weight, ((Conv1d)conv).bias);
        var positions = ConvLayer.Convolve(frames, weight, bias, padding: padding, groups: groups);
        // An even kernel gives one frame too many at the end.
        return activation.Apply(positions.narrow(1, 0, input.shape[1])).MoveToOuterDisposeScope();
    }
}
