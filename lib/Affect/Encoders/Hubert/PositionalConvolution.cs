namespace Affect.Encoders.Hubert;

/// <summary>Tells frames where they are by a wide grouped convolution over them.</summary>
/// <remarks>Baevski et al., <em>wav2vec 2.0</em>, arXiv:2006.11477, section 2.</remarks>
internal sealed class PositionalConvolution : Module<Tensor, Tensor>
{
    private readonly BatchNorm1d? batch_norm;
    private readonly Module conv;
    private readonly int kernel;
    private readonly int groups;
    private readonly Activation activation;

    internal PositionalConvolution(HubertConfig config)
        : base(nameof(PositionalConvolution))
    {
        (kernel, groups, activation) = (config.PositionKernel, config.PositionGroups, config.ConvActivation);
        batch_norm = config.HasPositionBatchNorm ? nn.BatchNorm1d(config.HiddenSize) : null;
        conv = config.HasPositionBatchNorm
            ? Guarded.Conv1d(config.HiddenSize, config.HiddenSize, kernel, padding: kernel / 2, groups: groups)
            : new WeightNormConv(config.HiddenSize, kernel, groups);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c>, in the weights' number format.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (weight, bias) = conv is WeightNormConv folded ? (folded.Weight, folded.Bias) : (((Conv1d)conv).weight, ((Conv1d)conv).bias);
        var channels = input.transpose(1, 2); // [batch, hidden, frames]
        if (batch_norm is not null) channels = batch_norm.call(channels);
        // As an image of height 1, whose channels lie last in memory, it need not be turned round: half the time of a convolution over one axis.
        var image = channels.As(weight.dtype).unsqueeze(2); // [batch, hidden, 1, frames]
        var positions = Guarded.Convolve(image, weight.unsqueeze(2), bias, strides: [1, 1], padding: [0, kernel / 2], groups);
        // An even kernel gives one frame too many at the end.
        return activation.Apply(positions.squeeze(2).transpose(1, 2).narrow(1, 0, input.shape[1])).MoveToOuterDisposeScope();
    }

    internal void Initialise(Generator generator) => (conv as WeightNormConv)?.Initialise(generator);
}
