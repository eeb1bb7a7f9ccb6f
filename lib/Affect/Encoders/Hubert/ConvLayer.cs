namespace Affect.Encoders.Hubert;

/// <summary>One strided convolution of the feature extractor, with its norm and activation.</summary>
internal sealed class ConvLayer : Module<Tensor, Tensor>
{
    private const double NormEpsilon = 1e-5;

    private readonly Conv1d conv;
    private readonly Module? layer_norm;
    private readonly int stride;
    private readonly Activation activation;

    internal ConvLayer(HubertConfig config, int index)
        : base(nameof(ConvLayer))
    {
        var (inChannels, outChannels) = (index == 0 ? 1 : config.ConvChannels[index - 1], config.ConvChannels[index]);
        (stride, activation) = (config.ConvStrides[index], config.ConvActivation);
        conv = Guarded.Conv1d(inChannels, outChannels, config.ConvKernels[index], stride: stride, bias: config.ConvBias);
        layer_norm = config.FeatureNorm switch
        {
            FeatureNorm.Layer => nn.LayerNorm(outChannels, NormEpsilon),
            FeatureNorm.Group when index == 0 => Guarded.GroupNorm(outChannels, outChannels, NormEpsilon),
            _ => null,
        };
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, time, channels in]</c></param>
    /// <returns><c>[batch, (time − kernel) / stride + 1, channels out]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var convolved = TimeConvolution.Of(input, conv.weight, conv.bias, stride);
        var normed = layer_norm switch
        {
            GroupNorm overTime => overTime.call(convolved.transpose(1, 2).to(overTime.weight!.dtype)).transpose(1, 2),
            LayerNorm overChannels => overChannels.call(convolved.to(overChannels.weight!.dtype)),
            _ => convolved,
        };
        return activation.Apply(normed).MoveToOuterDisposeScope();
    }
}
