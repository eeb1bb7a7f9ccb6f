namespace Affect.Encoders.Hubert;

/// <summary>What a <see cref="ConvLayer"/> of a base model computes, in less time: on the processor, where nothing trains.</summary>
/// <remarks>
/// Two things are done in another way; each gains little without the other, as the widest tensors would then be turned round between them.
/// <list type="bullet">
/// <item>A convolution is a linear map of overlapping windows (float32 only). With time before channels a window is one run of memory: its copy
/// costs a few per cent of the product, and a product of matrices is what oneDNN does best.</item>
/// <item>A group norm over time of a linear map is another linear map, one per clip: the mean and the variance of <c>w·x</c> over the windows x are
/// <c>w·mean(x)</c> and <c>w·cov(x)·w</c>. So the widest activation of the network is written once, not read and written again.</item>
/// </list>
/// It differs from the layer as it is written by rounding: <c>FastConvLayerTests</c> says by how much, <c>lab bench encode</c> how much time it saves.
/// Left out, as they save under 5 % of an encoding: large models (a norm over channels), products of windows in bfloat16, keeping turned weights.
/// </remarks>
internal static class FastConvLayer
{
    /// <summary>Whether this way is known to be faster.</summary>
    internal static bool Pays(ConvLayer layer, Tensor input)
    {
        var weight = layer.Convolution.weight;
        if (weight.device_type != DeviceType.CPU || Trains(layer, input)) return false;
        return (layer.Norm, weight.dtype) is (GroupNorm _, ScalarType.Float32 or ScalarType.BFloat16) or (null, ScalarType.Float32);
    }

    /// <inheritdoc cref="ConvLayer.forward"/>
    internal static Tensor Of(ConvLayer layer, Tensor input)
    {
        using var scope = NewDisposeScope();
        var conv = layer.Convolution;
        var filters = conv.weight.permute(0, 2, 1).flatten(1); // [out, kernel * in], in the order in which a window lies in memory
        var windows = Windows(input, conv.weight.shape[2], layer.Stride);
        var output = layer.Norm is GroupNorm norm
            ? NormedOverTime(windows, filters, norm)
            : LinearMap.Of(windows.to(filters.dtype), filters, conv.bias);
        return layer.Activation.Apply(output).MoveToOuterDisposeScope();
    }

    private static bool Trains(ConvLayer layer, Tensor input) =>
        is_grad_enabled() && (input.requires_grad || layer.parameters().Any(parameter => parameter.requires_grad));

    // [batch, time, channels] -> [batch, frames, kernel * channels]
    private static Tensor Windows(Tensor input, long kernel, long stride) => input.unfold(1, kernel, stride).transpose(2, 3).flatten(2);

    // In float64, because the variance of a filter that lets little through is a small difference of large numbers. The convolution's own bias moves
    // the mean along and cancels.
    private static Tensor NormedOverTime(Tensor windows, Tensor filters, GroupNorm norm)
    {
        var wide = windows.to(ScalarType.Float64);
        var mean = wide.mean([1], keepdim: true); // [batch, 1, window]
        var centred = wide - mean;
        var covariance = centred.transpose(1, 2).bmm(centred) / windows.shape[1]; // [batch, window, window]
        var exact = filters.to(ScalarType.Float64).expand(windows.shape[0], -1, -1); // [batch, out, window]
        var variance = (exact.bmm(covariance) * exact).sum(2, keepdim: true); // [batch, out, 1]
        var scale = norm.weight!.to(ScalarType.Float64).unsqueeze(1) / (variance + ConvLayer.NormEpsilon).sqrt();
        var shift = norm.bias!.to(ScalarType.Float64).unsqueeze(1) - exact.bmm(mean.transpose(1, 2)) * scale; // [batch, out, 1]
        var (scaled, bias, input) = ((exact * scale).to(filters.dtype), shift.to(filters.dtype), windows.to(filters.dtype));
        return windows.shape[0] == 1
            ? LinearMap.Of(input, scaled[0], bias.flatten())
            : bias.transpose(1, 2).PlusProducts(input, scaled.transpose(1, 2));
    }
}
