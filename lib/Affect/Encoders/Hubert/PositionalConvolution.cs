namespace Affect.Encoders.Hubert;

/// <summary>Tells frames where they are by a wide grouped convolution over them.</summary>
/// <remarks>Baevski et al., <em>wav2vec 2.0</em>, arXiv:2006.11477, section 2.</remarks>
internal sealed class PositionalConvolution : Module<Tensor, Tensor>
{
    private readonly BatchNorm1d? batch_norm;
    private readonly Module<Tensor, Tensor> conv;
    private readonly Activation activation;

    internal PositionalConvolution(HubertConfig config)
        : base(nameof(PositionalConvolution))
    {
        var (size, kernel, groups) = (config.HiddenSize, config.PositionKernel, config.PositionGroups);
        batch_norm = config.HasPositionBatchNorm ? nn.BatchNorm1d(size) : null;
        conv = config.HasPositionBatchNorm ? Guarded.Conv1d(size, size, kernel, padding: kernel / 2, groups: groups) : new WeightNormConv(size, kernel, groups);
        activation = config.ConvActivation;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c>, in the weights' number format.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var channels = input.transpose(1, 2); // [batch, hidden, frames]
        if (batch_norm is not null) channels = batch_norm.call(channels).to(conv.parameters().First().dtype);
        // An even kernel gives one frame too many at the end.
        return activation.Apply(conv.call(channels).transpose(1, 2).narrow(1, 0, input.shape[1])).MoveToOuterDisposeScope();
    }
}
