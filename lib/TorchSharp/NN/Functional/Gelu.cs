using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>
/// GELU with a backward pass that can be trusted. libtorch 1.13 hands it to oneDNN, which takes the gradient to lie in memory as the input does:
/// where it is transposed (a layer norm over channels after the activation is enough), the result is memory that nobody set. A gradient that comes
/// through a view of one axis lies in order.
/// </summary>
internal static class Gelu
{
    private static readonly Operator Of = new("aten::gelu");
    private static readonly Operator InPlace = new("aten::gelu_");
    private static readonly Operator Reshape = new("aten::reshape");
    private static readonly long[] OneAxis = [-1];

    internal static torch.Tensor Call(torch.Tensor input, string formula = "none")
    {
        if (!RecordsGradient(input)) return Of.Call(input, formula);
        using var flat = Reshape.Call(input, OneAxis);
        using var output = Of.Call(flat, formula);
        return Reshape.Call(output, input.shape);
    }

    internal static torch.Tensor CallInPlace(torch.Tensor input, string formula = "none")
    {
        if (!RecordsGradient(input) || !input.is_contiguous()) return InPlace.CallInPlace(input, formula);
        using var flat = Reshape.Call(input, OneAxis);
        InPlace.CallInPlace(flat, formula);
        return input;
    }

    private static bool RecordsGradient(torch.Tensor input) => input.is_cpu && input.requires_grad && torch.is_grad_enabled();
}
