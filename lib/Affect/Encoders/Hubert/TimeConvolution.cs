namespace Affect.Encoders.Hubert;

/// <summary>A convolution over time, with time before channels, as the norms and the linear maps around it have them.</summary>
internal static class TimeConvolution
{
    /// <summary>
    /// Computed as one over pictures of height 1 whose channels lie last in memory: nothing is turned round, and errors in bfloat16 are guarded against.
    /// </summary>
    /// <param name="input"><c>[batch, time, channels in]</c>, of any number format.</param>
    /// <param name="weight"><c>[channels out, channels in / groups, kernel]</c></param>
    /// <param name="bias"><c>[channels out]</c></param>
    /// <param name="stride">In steps of time.</param>
    /// <param name="padding">In steps of time, on both sides.</param>
    /// <param name="groups">The number of groups.</param>
    /// <returns><c>[batch, (time + 2 padding − kernel) / stride + 1, channels out]</c>, in the weight's number format.</returns>
    internal static Tensor Of(Tensor input, Tensor weight, Tensor? bias, long stride = 1, long padding = 0, long groups = 1)
    {
        using var scope = NewDisposeScope();
        var image = input.to(weight.dtype).transpose(1, 2).unsqueeze(2); // [batch, channels in, 1, time]
        var output = Guarded.Convolve(image, weight.unsqueeze(2), bias, strides: [1, stride], padding: [0, padding], groups);
        return output.squeeze(2).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
