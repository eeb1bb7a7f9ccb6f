using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator Relu = new("aten::relu");
            private static readonly Operator ReluInPlace = new("aten::relu_");
            private static readonly Operator Silu = new("aten::silu");
            private static readonly Operator SiluInPlace = new("aten::silu_");
            private static readonly Operator SigmoidOf = new("aten::sigmoid");
            private static readonly Operator SigmoidInPlace = new("aten::sigmoid_");
            private static readonly Operator TanhOf = new("aten::tanh");
            private static readonly Operator TanhInPlace = new("aten::tanh_");
            private static readonly Operator Elu = new("aten::elu");
            private static readonly Operator EluInPlace = new("aten::elu_");
            private static readonly Operator LeakyRelu = new("aten::leaky_relu");
            private static readonly Operator LeakyReluInPlace = new("aten::leaky_relu_");
            private static readonly Operator SoftplusOf = new("aten::softplus");
            private static readonly Operator Glu = new("aten::glu");
            private static readonly Operator SoftmaxOf = new("aten::softmax.int");
            private static readonly Operator LogSoftmaxOf = new("aten::log_softmax.int");
            private static readonly Operator DropoutOf = new("aten::dropout");
            private static readonly Operator DropoutInPlace = new("aten::dropout_");

            /// <summary>x · Φ(x)</summary>
            public static Tensor gelu(Tensor x) => TorchSharp.Gelu.Call(x);

            public static Tensor gelu(Tensor x, bool inplace) => gelu(x, Modules.GELU.Approximate.none, inplace);

            public static Tensor gelu(Tensor x, Modules.GELU.Approximate approximate, bool inplace = false)
            {
                var formula = approximate == Modules.GELU.Approximate.tanh ? "tanh" : "none";
                return inplace ? TorchSharp.Gelu.CallInPlace(x, formula) : TorchSharp.Gelu.Call(x, formula);
            }

            public static Tensor relu(Tensor x, bool inplace = false) => inplace ? ReluInPlace.CallInPlace(x) : Relu.Call(x);

            /// <summary>x · sigmoid(x)</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => inplace ? SiluInPlace.CallInPlace(x) : Silu.Call(x);

            public static Tensor sigmoid(Tensor x) => SigmoidOf.Call(x);

            public static Tensor sigmoid(Tensor x, bool inplace) => inplace ? SigmoidInPlace.CallInPlace(x) : SigmoidOf.Call(x);

            public static Tensor tanh(Tensor x, bool inplace = false) => inplace ? TanhInPlace.CallInPlace(x) : TanhOf.Call(x);

            public static Tensor elu(Tensor x, double alpha = 1.0, bool inplace = false) =>
                inplace ? EluInPlace.CallInPlace(x, alpha) : Elu.Call(x, alpha);

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? LeakyReluInPlace.CallInPlace(input, negative_slope) : LeakyRelu.Call(input, negative_slope);

            public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) => SoftplusOf.Call(x, beta, threshold);

            /// <summary>The first half of a dimension, gated by the sigmoid of the second.</summary>
            public static Tensor glu(Tensor input, long dim = -1) => Glu.Call(input, dim);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => SoftmaxOf.Call(input, dim, Value.Of(dtype));

            public static Tensor log_softmax(Tensor x, long dim) => LogSoftmaxOf.Call(x, dim);

            /// <summary>Zeroes elements with probability <paramref name="p"/> in training, and scales the others by 1 / (1 - p).</summary>
            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? DropoutInPlace.CallInPlace(input, p, training) : DropoutOf.Call(input, p, training);
        }
    }
}
