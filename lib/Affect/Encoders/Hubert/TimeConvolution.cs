namespace Affect.Encoders.Hubert;

/// <summary>A convolution over time.</summary>
internal static class TimeConvolution
{
    /// <summary>Computed as one over pictures of height 1: for the wide kernel of positions that takes 0.6 of the time, and its errors in bfloat16 are guarded against.</summary>
    /// <param name="input"><c>[batch, channels in, time]</c>, of any number format.</param>
    /// <param name="weight"><c>[channels out, channels in / groups, kernel]</c></param>
    /// <param name="bias"><c>[channels out]</c></param>
    /// <param name="stride">In steps of time.</param>
    /// <param name="padding">In steps of time, on both sides.</param>
    /// <param name="groups">The number of groups.</param>
    /// <returns><c>[batch, channels out, (time + 2 padding − kernel) / stride + 1]</c>, in the weight's number format.</returns>
    internal static Tensor Of(Tensor input, Tensor weight, Tensor? bias, long stride = 1, long padding = 0, long groups = 1)
    {
        using var scope = NewDisposeScope();
        var image = input.to(weight.dtype).unsqueeze(2); // [batch, channels in, 1, time]
        return Guarded.Convolve(image, weight.unsqueeze(2), bias, strides: [1, stride], padding: [0, padding], groups).squeeze(2).MoveToOuterDisposeScope();
    }
}
