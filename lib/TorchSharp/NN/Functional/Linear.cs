using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator LinearOf = new("aten::linear");

            /// <summary>x Wᵀ + b</summary>
            /// <param name="input"><c>[…, in]</c></param>
            /// <param name="weights"><c>[out, in]</c></param>
            /// <param name="bias"><c>[out]</c></param>
            /// <returns><c>[…, out]</c></returns>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null)
            {
                ArgumentNullException.ThrowIfNull(input);
                ArgumentNullException.ThrowIfNull(weights);
                return PointwiseLinear.Pays(input, weights, bias) ? PointwiseLinear.Call(input, weights, bias) : LinearOf.Call(input, weights, bias);
            }
        }
    }
}
