namespace Affect.Notebook.Formatting;

/// <summary>Shows a tensor: its shape, type and place, how its values lie, and the first of them.</summary>
internal static class TensorFormat
{
    private const int MostValues = 6;
    private const long MostMeasured = 1L << 25;

    internal static string Of(Tensor tensor)
    {
        // A tensor whose scope has ended is worth a word, not an exception.
        if (tensor.IsInvalid) return "a tensor that has been disposed";
        var head = string.Create(CultureInfo.InvariantCulture, $"{Shape(tensor)} {tensor.dtype.ToString().ToLowerInvariant()} on {tensor.device}");
        var count = tensor.numel();
        if (count == 0) return $"{head}, no values";
        if (tensor.is_complex()) return head;
        using var scope = NewDisposeScope();
        try
        {
            var isWhole = !tensor.is_floating_point();
            var first = Values(First(tensor.detach(), count)).narrow(0, 0, Math.Min(MostValues, count)).data<double>().ToArray();
            if (count == 1) return $"{head}: {Value(first[0], isWhole)}";
            return $"{head}: {Spread(tensor, count, isWhole)}\n[{string.Join(", ", first.Select(value => Value(value, isWhole)))}{(count > MostValues ? ", …" : "")}]";
        }
        catch (Exception error) when (error is ExternalException or NotSupportedException or InvalidOperationException or NotImplementedException)
        {
            // Sparse, quantised, or of a device that keeps shapes alone: what is known is told.
            return $"{head}, whose values cannot be read";
        }
    }

    private static string Spread(Tensor tensor, long count, bool isWhole)
    {
        // A tensor may claim far more values than the memory has room for, as one that repeats a value does.
        if (count > MostMeasured) return string.Create(CultureInfo.InvariantCulture, $"{count} values, too many to be measured here");
        var values = Values(tensor.detach());
        var broken = values.isnan().sum().item<long>();
        return broken > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{broken} of {count} are NaN")
            : $"min {Value(values.min().item<double>(), isWhole)}, mean {Value(values.mean().item<double>(), isWhole: false)}, max {Value(values.max().item<double>(), isWhole)}";
    }

    private static Tensor Values(Tensor tensor) => tensor.to(ScalarType.Float64).cpu().reshape(-1);

    // The corner that has the first values in it, so that nothing large is copied for six numbers.
    private static Tensor First(Tensor tensor, long count)
    {
        var rest = count;
        for (var axis = 0; axis < tensor.dim(); axis++)
        {
            rest /= tensor.shape[axis];
            tensor = tensor.narrow(axis, 0, Math.Min(tensor.shape[axis], (MostValues + rest - 1) / rest));
        }
        return tensor;
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
