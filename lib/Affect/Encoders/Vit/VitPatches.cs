namespace Affect.Encoders.Vit;

/// <summary>A linear map of every patch, as a convolution whose step is its width.</summary>
internal sealed class VitPatches : Module<Tensor, Tensor>
{
    private readonly Conv2d projection;
    private readonly int size;

    internal VitPatches(VitConfig config)
        : base(nameof(VitPatches))
    {
        size = config.PatchSize;
        projection = Guarded.Conv2d(3, config.HiddenSize, config.PatchSize, stride: config.PatchSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, 3, size, size]</c></param>
    /// <returns><c>[frames, patches, hidden]</c>, row by row.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Guarded.Convolve(input.As(projection.weight.dtype), projection.weight, projection.bias, strides: [size, size], padding: [0, 0]).flatten(2).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
