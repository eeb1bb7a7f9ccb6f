namespace Affect.Encoders.Transformer;

/// <summary>A linear map of every patch of a picture, as a convolution whose step is its width.</summary>
internal static class PatchConvolution
{
    /// <param name="pixels"><c>[frames, 3, size, size]</c></param>
    /// <param name="map">The convolution.</param>
    /// <returns><c>[frames, patches, hidden]</c>, row by row, in the weights' number format.</returns>
    internal static Tensor Of(Tensor pixels, Conv2d map)
    {
        using var scope = NewDisposeScope();
        var size = map.weight.shape[2];
        // [frames, hidden, rows, columns]
        var image = Guarded.Convolve(pixels.to(map.weight.dtype), map.weight, map.bias, strides: [size, size], padding: [0, 0]);
        return image.flatten(2).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
