namespace Affect.Encoders.Hubert;

/// <summary>The weight of a grouped convolution, <c>g · v / ‖v‖</c>, with one length g per tap of the kernel.</summary>
/// <remarks>Salimans and Kingma, <em>Weight Normalization</em>, arXiv:1602.07868; PyTorch's <c>weight_norm(conv, dim=2)</c>.</remarks>
internal sealed class WeightNormConv : Module
{
    private readonly Parameter weight_g; // [1, 1, kernel]
    private readonly Parameter weight_v; // [out, in / groups, kernel]
    private readonly Parameter bias;     // [out]

    internal WeightNormConv(int channels, int kernel, int groups)
        : base(nameof(WeightNormConv))
    {
        weight_v = nn.Parameter(empty([channels, channels / groups, kernel]));
        weight_g = nn.Parameter(empty([1, 1, kernel]));
        bias = nn.Parameter(zeros([channels]));
        RegisterComponents();
    }

    /// <summary><c>[out]</c></summary>
    internal Tensor Bias => bias;

    /// <summary><c>[out, in / groups, kernel]</c></summary>
    internal Tensor Weight() => weight_v * (weight_g / Norm(weight_v));

    /// <summary>PyTorch's initialisation of a convolution: v uniform within ±1/√(fan in), g its norm.</summary>
    internal void Initialise(Generator generator)
    {
        var bound = 1 / Math.Sqrt(weight_v.shape[1] * weight_v.shape[2]);
        weight_v.uniform_(-bound, bound, generator);
        weight_g.copy_(Norm(weight_v));
        bias.Clear();
    }

    // In float32: the sum of squares runs over thousands of weights.
    private static Tensor Norm(Tensor v)
    {
        var wide = v.dtype == ScalarType.Float64 ? v : v.to(ScalarType.Float32);
        return wide.pow(2).sum([0, 1], keepdim: true).sqrt().to(v.dtype);
    }
}
