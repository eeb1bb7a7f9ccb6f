using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor relu() => Op.Relu.Call(this);

        public Tensor relu_() => Op.ReluInPlace.CallInPlace(this);

        public Tensor relu6() => Op.Relu6.Call(this);

        public Tensor relu6_() => Op.Relu6InPlace.CallInPlace(this);

        public Tensor selu() => Op.Selu.Call(this);

        public Tensor selu_() => Op.SeluInPlace.CallInPlace(this);

        public Tensor sigmoid() => Op.Sigmoid.Call(this);

        public Tensor sigmoid_() => Op.SigmoidInPlace.CallInPlace(this);

        public Tensor silu() => Op.Silu.Call(this);

        public Tensor silu_() => Op.SiluInPlace.CallInPlace(this);

        public Tensor hardsigmoid() => Op.Hardsigmoid.Call(this);

        public Tensor hardsigmoid_() => Op.HardsigmoidInPlace.CallInPlace(this);

        public Tensor hardswish() => Op.Hardswish.Call(this);

        public Tensor hardswish_() => Op.HardswishInPlace.CallInPlace(this);

        public Tensor log_sigmoid() => Op.LogSigmoid.Call(this);

        /// <summary>x · Φ(x), with the exact normal distribution function.</summary>
        public Tensor gelu() => Gelu.Call(this);

        public Tensor gelu_() => Gelu.CallInPlace(this);

        public Tensor glu(long dim = -1) => Op.Glu.Call(this, dim);

        public Tensor elu(double alpha = 1) => Op.Elu.Call(this, alpha);

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Op.Elu.Call(this, alpha, scale, input_scale);

        public Tensor elu_(double alpha = 1) => Op.EluInPlace.CallInPlace(this, alpha);

        public Tensor celu() => celu(1.0);

        public Tensor celu(Scalar alpha) => Op.Celu.Call(this, alpha);

        public Tensor leaky_relu(Scalar negative_slope) => Op.LeakyRelu.Call(this, negative_slope);

        public Tensor leaky_relu_(Scalar negative_slope) => Op.LeakyReluInPlace.CallInPlace(this, negative_slope);

        public Tensor prelu(Tensor target) => Op.Prelu.Call(this, target);

        public Tensor hardtanh(Scalar min, Scalar max) => Op.Hardtanh.Call(this, min, max);

        public Tensor hardtanh_(Scalar min, Scalar max) => Op.HardtanhInPlace.CallInPlace(this, min, max);

        public Tensor softplus(double beta = 1, double threshold = 20) => Op.Softplus.Call(this, beta, threshold);

        public Tensor threshold(Scalar threshold, Scalar value) => Op.Threshold.Call(this, threshold, value);

        public Tensor threshold_(Scalar threshold, Scalar value) => Op.ThresholdInPlace.CallInPlace(this, threshold, value);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Op.Softmax.Call(this, dim, Value.Of(dtype));

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Op.LogSoftmax.Call(this, dim, Value.Of(dtype));

        public Tensor logit(double? eps = null) => Op.Logit.Call(this, Value.Of(eps));

        public Tensor logit_(double? eps = null) => Op.LogitInPlace.CallInPlace(this, Value.Of(eps));

        private static partial class Op
        {
            internal static readonly Operator Relu = new("aten::relu");
            internal static readonly Operator ReluInPlace = new("aten::relu_");
            internal static readonly Operator Relu6 = new("aten::relu6");
            internal static readonly Operator Relu6InPlace = new("aten::relu6_");
            internal static readonly Operator Selu = new("aten::selu");
            internal static readonly Operator SeluInPlace = new("aten::selu_");
            internal static readonly Operator Sigmoid = new("aten::sigmoid");
            internal static readonly Operator SigmoidInPlace = new("aten::sigmoid_");
            internal static readonly Operator Silu = new("aten::silu");
            internal static readonly Operator SiluInPlace = new("aten::silu_");
            internal static readonly Operator Hardsigmoid = new("aten::hardsigmoid");
            internal static readonly Operator HardsigmoidInPlace = new("aten::hardsigmoid_");
            internal static readonly Operator Hardswish = new("aten::hardswish");
            internal static readonly Operator HardswishInPlace = new("aten::hardswish_");
            internal static readonly Operator LogSigmoid = new("aten::log_sigmoid");
            internal static readonly Operator Glu = new("aten::glu");
            internal static readonly Operator Elu = new("aten::elu");
            internal static readonly Operator EluInPlace = new("aten::elu_");
            internal static readonly Operator Celu = new("aten::celu");
            internal static readonly Operator LeakyRelu = new("aten::leaky_relu");
            internal static readonly Operator LeakyReluInPlace = new("aten::leaky_relu_");
            internal static readonly Operator Prelu = new("aten::prelu");
            internal static readonly Operator Hardtanh = new("aten::hardtanh");
            internal static readonly Operator HardtanhInPlace = new("aten::hardtanh_");
            internal static readonly Operator Softplus = new("aten::softplus");
            internal static readonly Operator Threshold = new("aten::threshold");
            internal static readonly Operator ThresholdInPlace = new("aten::threshold_");
            internal static readonly Operator Softmax = new("aten::softmax.int");
            internal static readonly Operator LogSoftmax = new("aten::log_softmax.int");
            internal static readonly Operator Logit = new("aten::logit");
            internal static readonly Operator LogitInPlace = new("aten::logit_");
        }
    }
}
