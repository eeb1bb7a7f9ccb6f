using Affect.Encoders.Transformer;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Affect.Encoders.Hubert;

/// <summary>A grouped convolution whose weight is <c>g · v / ‖v‖</c>, one length g per tap of the kernel.</summary>
/// <remarks>Salimans and Kingma, <em>Weight Normalization</em>, arXiv:1602.07868; PyTorch's <c>weight_norm(conv, dim=2)</c>.</remarks>
internal sealed class WeightNormConv : Module<Tensor, Tensor>
{
    private readonly Parameter weight_g; // [1, 1, kernel]
    private readonly Parameter weight_v; // [out, in / groups, kernel]
    private readonly Parameter bias;
    private readonly FrozenWeight folded;
    private readonly int groups;
    private readonly int padding;

    internal WeightNormConv(int channels, int kernel, int groups)
        : base(nameof(WeightNormConv))
    {
        weight_v = nn.Parameter(empty([channels, channels / groups, kernel]));
        weight_g = nn.Parameter(empty([1, 1, kernel]));
        bias = nn.Parameter(zeros([channels]));
        folded = new FrozenWeight(() => weight_v * (weight_g / Norm(weight_v)));
        this.groups = groups;
        padding = kernel / 2;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, channels, frames]</c></param>
    /// <returns><c>[batch, channels, frames]</c>, one frame more if the kernel is even.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return F.conv1d(input, folded.Get(weight_g, weight_v), bias, stride: 1, padding: padding, groups: groups).MoveToOuterDisposeScope();
    }

    /// <summary>PyTorch's initialisation of a convolution: v uniform within ±1/√(fan in), g its norm.</summary>
    internal void Initialise(Generator generator)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var bound = 1 / Math.Sqrt(weight_v.shape[1] * weight_v.shape[2]);
        weight_v.uniform_(-bound, bound, generator);
        weight_g.copy_(Norm(weight_v));
        bias.zero_();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) folded.Dispose();
        base.Dispose(disposing);
    }

    private static Tensor Norm(Tensor v) => v.pow(2).sum([0, 1], keepdim: true).sqrt();
}
