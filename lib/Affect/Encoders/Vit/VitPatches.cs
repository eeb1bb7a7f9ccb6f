using Affect.Encoders.Transformer;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Affect.Encoders.Vit;

/// <summary>A linear map of every patch, as a convolution whose step is its width.</summary>
internal sealed class VitPatches : Module<Tensor, Tensor>
{
    private readonly Conv2d projection;

    internal VitPatches(VitConfig config)
        : base(nameof(VitPatches))
    {
        projection = nn.Conv2d(3, config.HiddenSize, config.PatchSize, stride: config.PatchSize);
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, 3, size, size]</c></param>
    /// <returns><c>[frames, patches, hidden]</c>, row by row.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return projection.call(input.As(projection.weight.dtype)).flatten(2).transpose(1, 2).MoveToOuterDisposeScope();
    }
}
