using System.Runtime.Intrinsics.X86;
using System.Text;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// A large linear layer on the CPU as what it also is: a convolution of width one over positions that lie channels last. Every array keeps
/// its place in memory; only the words for its axes change. OneDNN then does the work with the processor's widest instructions, in about half
/// the time of the BLAS that a distribution gives libtorch (1592 × 768 × 3072 on two cores: 20 against 38 ms), forwards
/// and backwards. The results differ from the BLAS's in the last bits of a sum.
/// </summary>
internal static class PointwiseLinear
{
    // Below, preparing oneDNN's call costs more than it saves; measured on two cores, with and without gradients.
    private const long FewestRows = 32;
    private const long FewestProducts = 8_000_000;
    private const long FewestProductsWithGradient = 16_000_000;

    private static readonly Operator Convolution = new("aten::mkldnn_convolution");
    private static readonly Operator View = new("aten::view");
    private static readonly Operator Permute = new("aten::permute");
    // Libtorch's own condition for oneDNN in bfloat16. There its linear layer is a product already, but adds the bias in a pass of its own.
    private static readonly bool ComputesNarrow = Avx512BW.VL.IsSupported && Avx512DQ.VL.IsSupported;
    private static readonly Lazy<bool> Offer = new(LooksFor);
    private static readonly long[] Ones = [1, 1];
    private static readonly long[] Zeros = [0, 0];
    private static readonly long[] ChannelsFirst = [0, 3, 1, 2];
    private static readonly long[] ChannelsLast = [0, 2, 3, 1];

    /// <summary>Whether the loaded libtorch has this way and gains from it.</summary>
    internal static bool IsOffered => Offer.Value;

    /// <summary>Whether the shapes, types and devices are those for which this way is faster.</summary>
    internal static bool Pays(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias)
    {
        if (weight.ndim != 2 || input.ndim < 1) return false;
        var width = weight.size(1);
        if (width == 0 || input.size(-1) != width) return false;
        var elements = input.numel();
        var products = elements * weight.size(0);
        if (products < FewestProducts || elements < FewestRows * width) return false;
        var type = input.dtype;
        var isNarrow = type == torch.ScalarType.BFloat16;
        if ((type != torch.ScalarType.Float32 && !(isNarrow && ComputesNarrow)) || weight.dtype != type || !input.is_cpu || !weight.is_cpu) return false;
        if (bias is not null && (bias.dtype != type || !bias.is_cpu || bias.ndim != 1)) return false;
        if (!weight.is_contiguous() || !IsOffered) return false;
        var recordsGradient = torch.is_grad_enabled() && (input.requires_grad || weight.requires_grad || bias is { requires_grad: true });
        // With one thread libtorch's own choice for the way back is another, slower kind of convolution.
        return !recordsGradient || (!isNarrow && products >= FewestProductsWithGradient && Native.tc_threads() > 1);
    }

    internal static torch.Tensor Call(torch.Tensor input, torch.Tensor weight, torch.Tensor? bias)
    {
        using var scope = torch.NewDisposeScope();
        var shape = input.shape;
        var (rows, width, outputs) = (input.numel() / shape[^1], shape[^1], weight.size(0));
        var positions = Permute.Call(View.Call(input.contiguous(), new[] { 1, rows, 1, width }), ChannelsFirst);
        var kernels = Permute.Call(View.Call(weight, new[] { outputs, 1, 1, width }), ChannelsFirst);
        var convolved = Convolution.Call(positions, kernels, bias, Zeros, Ones, Ones, 1);
        shape[^1] = outputs;
        return View.Call(Permute.Call(convolved, ChannelsLast), shape).MoveToOuterDisposeScope();
    }

    // A libtorch that comes with MKL has a faster matrix product of its own.
    private static unsafe bool LooksFor()
    {
        var length = Native.tc_show_config(null, 0);
        var text = new byte[length + 1];
        fixed (byte* start = text) length = Native.tc_show_config(start, text.Length);
        var config = Encoding.UTF8.GetString(text, 0, length);
        return Convolution.Exists() && config.Contains("USE_MKLDNN=ON", StringComparison.Ordinal) && !config.Contains("BLAS_INFO=mkl", StringComparison.Ordinal);
    }
}
