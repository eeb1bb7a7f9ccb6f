using System.Globalization;
using Affect.Encoders;
using static TorchSharp.torch;

namespace Affect.Notebook.Formatting;

/// <summary>Shows a tensor: its shape, type and place, how its values lie, and the first of them.</summary>
internal static class TensorFormat
{
    private const int MostValues = 6;

    internal static string Of(Tensor tensor)
    {
        // A tensor whose scope has ended is worth a word, not an exception.
        if (tensor.IsInvalid) return "a tensor that has been disposed";
        var head = string.Create(CultureInfo.InvariantCulture, $"{Shape(tensor)} {tensor.dtype.ToString().ToLowerInvariant()} on {tensor.device}");
        var count = tensor.numel();
        if (count == 0) return $"{head}, no values";
        if (tensor.is_complex()) return head;
        using var scope = NewDisposeScope();
        var values = tensor.detach().to(ScalarType.Float64).cpu().reshape(-1);
        var isWhole = !tensor.is_floating_point();
        if (count == 1) return $"{head}: {Value(values.item<double>(), isWhole)}";
        var broken = values.isnan().sum().item<long>();
        var spread = broken > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{broken} of {count} are NaN")
            : $"min {Value(values.min().item<double>(), isWhole)}, mean {Value(values.mean().item<double>(), isWhole: false)}, max {Value(values.max().item<double>(), isWhole)}";
        var first = values.narrow(0, 0, Math.Min(MostValues, count)).data<double>().ToArray();
        return $"{head}: {spread}\n[{string.Join(", ", first.Select(value => Value(value, isWhole)))}{(count > MostValues ? ", …" : "")}]";
    }

    internal static string Of(HiddenStates states)
    {
        var first = states.Layers[0];
        if (first.IsInvalid) return "hidden states that have been disposed";
        return string.Create(CultureInfo.InvariantCulture,
            $"{states.Layers.Count} hidden states of [batch, frames, hidden] = {Shape(first)} {first.dtype.ToString().ToLowerInvariant()} on {first.device}; state 0 is the input of block 1");
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private static string Value(double value, bool isWhole) => isWhole ? value.ToString("0", CultureInfo.InvariantCulture) : ValueText.Cell(value);
}
