namespace Affect.Encoders.Hubert;

/// <summary>One strided convolution of the feature extractor, with its norm and activation; time before channels throughout.</summary>
/// <remarks>
/// Computed as a linear map of overlapping windows: with time before channels a window is one run of memory, its copy costs a few per cent of the
/// product, and a product of matrices is what every provider does best.
/// </remarks>
internal sealed class ConvLayer : Module<Tensor, Tensor>
{
    private const double NormEpsilon = 1e-5;

    private readonly Conv1d conv;
    private readonly Module? layer_norm;
    private readonly FrozenWeight windowWeight;
    private readonly int kernel;
    private readonly int stride;
    private readonly Activation activation;

    internal ConvLayer(HubertConfig config, int index)
        : base(nameof(ConvLayer))
    {
        var (inChannels, outChannels) = (index == 0 ? 1 : config.ConvChannels[index - 1], config.ConvChannels[index]);
        (kernel, stride, activation) = (config.ConvKernels[index], config.ConvStrides[index], config.ConvActivation);
        conv = Guarded.Conv1d(inChannels, outChannels, kernel, stride: stride, bias: config.ConvBias);
        layer_norm = config.FeatureNorm switch
        {
            FeatureNorm.Layer => nn.LayerNorm(outChannels, NormEpsilon),
            FeatureNorm.Group when index == 0 => Guarded.GroupNorm(outChannels, outChannels, NormEpsilon),
            _ => null,
        };
        // [out, in, kernel] -> [out, kernel * in], the order in which a window lies in memory
        windowWeight = new FrozenWeight(() => conv.weight.permute(0, 2, 1).reshape(outChannels, (long)kernel * inChannels));
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, time, channels in]</c></param>
    /// <returns><c>[batch, (time − kernel) / stride + 1, channels out]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var output = layer_norm switch
        {
            GroupNorm norm => NormedOverTime(Windows(input), windowWeight.Get(conv.weight), norm),
            LayerNorm norm => norm.call(Convolve(input).As(norm.weight!.dtype)),
            _ => Convolve(input),
        };
        return activation.Apply(output).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) windowWeight.Dispose();
        base.Dispose(disposing);
    }

    // [batch, time, channels in] -> [batch, frames, channels out]
    private Tensor Convolve(Tensor input)
    {
        var narrow = input.As(conv.weight.dtype);
        if (narrow.dtype != ScalarType.BFloat16 || kernel <= stride) return LinearMap.Of(Windows(narrow), windowWeight.Get(conv.weight), conv.bias);
        // In bfloat16 oneDNN's convolution over channels that lie last (an image of height 1) outruns the copy of the windows and a product.
        var image = narrow.unsqueeze(1).permute(0, 3, 1, 2); // [batch, channels, 1, time]
        return Guarded.Convolve(image, conv.weight.unsqueeze(2), conv.bias, strides: [1, stride], padding: [0, 0]).squeeze(2).transpose(1, 2);
    }

    // [batch, time, channels] -> [batch, frames, kernel * channels]
    private Tensor Windows(Tensor input)
    {
        using var scope = NewDisposeScope();
        var windows = input.unfold(1, kernel, stride).transpose(2, 3); // [batch, frames, kernel, channels]
        return windows.reshape(input.shape[0], windows.shape[1], kernel * input.shape[2]).MoveToOuterDisposeScope();
    }

    // A group norm over time of a linear map is another linear map, one per clip: the mean and variance of w·x over the windows x are w·mean(x) and
    // w·cov(x)·w. So the widest activation of the network is written once, not read and written again. In float64, because the variance of a filter
    // that lets little through is a small difference of large numbers.
    private static Tensor NormedOverTime(Tensor windows, Tensor weight, GroupNorm norm)
    {
        using var scope = NewDisposeScope();
        var wide = windows.to(ScalarType.Float64);
        var mean = wide.mean([1], keepdim: true); // [batch, 1, window]
        var centred = wide - mean;
        var covariance = centred.transpose(1, 2).bmm(centred) / (double)windows.shape[1]; // [batch, window, window]
        var filters = weight.to(ScalarType.Float64).unsqueeze(0).expand(windows.shape[0], -1, -1); // [batch, out, window]
        var variance = (filters.bmm(covariance) * filters).sum([2], keepdim: true); // [batch, out, 1]
        var scale = norm.weight!.to(ScalarType.Float64).unsqueeze(1) / (variance + NormEpsilon).sqrt(); // [batch, out, 1]
        var scaled = (filters * scale).to(weight.dtype); // [batch, out, window]
        // The convolution's own bias moves the mean along and cancels.
        var bias = (norm.bias!.to(ScalarType.Float64) - (filters.bmm(mean.transpose(1, 2)) * scale).squeeze(2)).to(weight.dtype); // [batch, out]
        var input = windows.As(weight.dtype);
        var output = input.shape[0] == 1
            ? LinearMap.Of(input, scaled[0], bias[0])
            : bias.unsqueeze(1).PlusProducts(input, scaled.transpose(1, 2));
        return output.MoveToOuterDisposeScope();
    }
}
