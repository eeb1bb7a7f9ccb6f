namespace Affect.Encoders.Hubert;

/// <summary>One strided convolution of the feature extractor, with its norm and activation.</summary>
internal sealed class ConvLayer : Module<Tensor, Tensor>
{
    /// <summary>Added to the variance.</summary>
    internal const double NormEpsilon = 1e-5;

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

    internal Conv1d Convolution => conv;

    internal Module? Norm => layer_norm;

    internal int Stride => stride;

    internal Activation Activation => activation;

    /// <param name="input"><c>[batch, time, channels in]</c></param>
    /// <returns><c>[batch, (time − kernel) / stride + 1, channels out]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var convolved = Convolve(input, conv.weight, conv.bias, stride);
        var normed = layer_norm switch
        {
            GroupNorm overTime => overTime.call(convolved.transpose(1, 2).to(overTime.weight!.dtype)).transpose(1, 2),
            LayerNorm overChannels => overChannels.call(convolved.to(overChannels.weight!.dtype)),
            _ => convolved,
        };
        return activation.Apply(normed).MoveToOuterDisposeScope();
    }

    /// <summary>A convolution over time, with time before channels, as the norms and the linear maps around it have them.</summary>
    /// <remarks>
    /// Computed as one over pictures of height 1 whose channels lie last in memory: nothing is turned round, and errors in bfloat16 are guarded against.
    /// </remarks>
    /// <param name="input"><c>[batch, time, channels in]</c>, of any number format.</param>
    /// <param name="weight"><c>[channels out, channels in / groups, kernel]</c></param>
    /// <param name="bias"><c>[channels out]</c></param>
    /// <param name="stride">In steps of time.</param>
    /// <param name="padding">In steps of time, on both sides.</param>
    /// <param name="groups">The number of groups.</param>
    /// <returns><c>[batch, (time + 2 padding − kernel) / stride + 1, channels out]</c>, in the weight's number format.</returns>
    internal static Tensor Convolve(Tensor input, Tensor weight, Tensor? bias, long stride = 1, long padding = 0, long groups = 1)
    {
        using var scope = NewDisposeScope();
        var image = input.to(weight.dtype).transpose(1, 2).unsqueeze(2); // [batch, channels in, 1, time]
        var output = Guarded.Convolve(image, weight.unsqueeze(2), bias, strides: [1, stride], padding: [0, padding], groups);
        return output.squeeze(2).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
