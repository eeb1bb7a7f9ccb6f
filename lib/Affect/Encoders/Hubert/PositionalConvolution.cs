using Affect.Encoders.Transformer;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

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
        conv = config.HasPositionBatchNorm
            ? nn.Conv1d(size, size, kernel, padding: kernel / 2, groups: groups)
            : new WeightNormConv(size, kernel, groups);
        activation = config.ConvActivation;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c></param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var frames = input.shape[1];
        var current = input.transpose(1, 2); // [batch, hidden, frames]
        if (batch_norm is not null) current = batch_norm.call(current);
        // An even kernel gives one frame too many at the end.
        var positions = conv.call(current).narrow(2, 0, frames);
        return activation.Apply(positions).transpose(1, 2).MoveToOuterDisposeScope();
    }

    internal void Initialise(Generator generator) => (conv as WeightNormConv)?.Initialise(generator);
}
