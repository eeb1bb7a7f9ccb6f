using System.Globalization;

namespace TorchSharp.Modules;

/// <summary>The weights of a recurrent network: four per layer and direction, named as in PyTorch.</summary>
internal static class Recurrent
{
    /// <param name="gates">How many gates stand above each other in a weight: 4 for an LSTM, 3 for a GRU.</param>
    internal static IEnumerable<(string Name, Parameter Parameter)> Weights(
        int gates, long inputSize, long hiddenSize, long layers, bool bias, bool bidirectional, torch.Device? device, torch.ScalarType? dtype)
    {
        var bound = hiddenSize > 0 ? 1 / Math.Sqrt(hiddenSize) : 0;
        for (var layer = 0L; layer < layers; layer++)
        {
            foreach (var direction in bidirectional ? (string[])["", "_reverse"] : [""])
            {
                var size = layer == 0 ? inputSize : bidirectional ? 2 * hiddenSize : hiddenSize;
                var suffix = $"_l{layer.ToString(CultureInfo.InvariantCulture)}{direction}";
                yield return ("weight_ih" + suffix, Uniform([gates * hiddenSize, size], bound, device, dtype));
                yield return ("weight_hh" + suffix, Uniform([gates * hiddenSize, hiddenSize], bound, device, dtype));
                if (!bias) continue;
                yield return ("bias_ih" + suffix, Uniform([gates * hiddenSize], bound, device, dtype));
                yield return ("bias_hh" + suffix, Uniform([gates * hiddenSize], bound, device, dtype));
            }
        }
    }

    /// <summary>Zeros for the state before the first step.</summary>
    internal static torch.Tensor Zeros(torch.Tensor input, bool batchFirst, long layers, bool bidirectional, long hiddenSize)
    {
        var directions = layers * (bidirectional ? 2 : 1);
        long[] shape = input.ndim == 2 ? [directions, hiddenSize] : [directions, input.size(batchFirst ? 0 : 1), hiddenSize];
        return torch.zeros(shape, dtype: input.dtype, device: input.device);
    }

    private static Parameter Uniform(long[] shape, double bound, torch.Device? device, torch.ScalarType? dtype)
    {
        var parameter = new Parameter(torch.empty(shape, dtype: dtype, device: device));
        parameter.DetachFromDisposeScope();
        using var mode = torch.no_grad();
        parameter.uniform_(-bound, bound);
        return parameter;
    }
}
