using System.Diagnostics.CodeAnalysis;
using TorchSharp.Interop;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.LSTM LSTM(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false, double dropout = 0.0,
                bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>A recurrent network with long short-term memory.</summary>
    public sealed class LSTM : torch.nn.Module<torch.Tensor, (torch.Tensor, torch.Tensor)?, (torch.Tensor, torch.Tensor, torch.Tensor)>
    {
        private static readonly Operator Run = new("aten::lstm.input");

        private readonly long hiddenSize;
        private readonly long layers;
        private readonly bool hasBias;
        private readonly bool batchFirst;
        private readonly double dropout;
        private readonly bool bidirectional;

        internal LSTM(
            long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout, bool bidirectional,
            torch.Device? device, torch.ScalarType? dtype) : base(nameof(LSTM))
        {
            (this.hiddenSize, layers, hasBias, this.batchFirst, this.dropout, this.bidirectional) = (hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional);
            foreach (var (name, parameter) in Recurrent.Weights(4, inputSize, hiddenSize, numLayers, bias, bidirectional, device, dtype))
                register_parameter(name, parameter);
            RegisterComponents();
        }

        /// <param name="input"><c>[time, batch, in]</c>, or <c>[batch, time, in]</c> with batchFirst.</param>
        /// <param name="h0_c0">The state before the first step; null is zeros.</param>
        /// <returns>The states of the last layer, and (h, c) after the last step.</returns>
        public override (torch.Tensor, torch.Tensor, torch.Tensor) forward(torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0 = null)
        {
            using var scope = torch.NewDisposeScope();
            var (h, c) = h0_c0 ?? (Recurrent.Zeros(input, batchFirst, layers, bidirectional, hiddenSize), Recurrent.Zeros(input, batchFirst, layers, bidirectional, hiddenSize));
            var weights = parameters(recurse: false).ToArray<torch.Tensor>();
            var (output, hidden, cell) = Run.CallThree(input, Value.List([h, c]), Value.List(weights), hasBias, layers, dropout, training, bidirectional, batchFirst);
            return (output.MoveToOuterDisposeScope(), hidden.MoveToOuterDisposeScope(), cell.MoveToOuterDisposeScope());
        }

        public new (torch.Tensor, torch.Tensor, torch.Tensor) call(torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0 = null) => base.call(input, h0_c0);

        /// <summary>Does nothing: only cuDNN wants its weights in one piece.</summary>
        [SuppressMessage("Performance", "CA1822", Justification = "TorchSharp's is an instance method")]
        public void flatten_parameters()
        {
        }
    }
}
