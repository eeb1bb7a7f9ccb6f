using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values, drawn as PyTorch draws them.</summary>
        public static class init
        {
            private static readonly Operator Orthogonal = new("aten::linalg_qr");

            /// <summary>What an activation does to the deviation of its input.</summary>
            public enum NonlinearityType
            {
                Linear = 0,
                Conv1D = 1,
                Conv2D = 2,
                Conv3D = 3,
                ConvTranspose1D = 4,
                ConvTranspose2D = 5,
                ConvTranspose3D = 6,
                Sigmoid = 7,
                Tanh = 8,
                ReLU = 9,
                LeakyReLU = 10,
            }

            /// <summary>Which side of a weight sets the scale.</summary>
            public enum FanInOut
            {
                FanIn = 0,
                FanOut = 1,
            }

            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + (param * param))),
                _ => 1,
            };

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using var mode = no_grad();
                return tensor.fill_(val);
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
            {
                using var mode = no_grad();
                return tensor.uniform_(low, high, generator);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
            {
                using var mode = no_grad();
                return tensor.normal_(mean, std, generator);
            }

            /// <summary>A normal distribution cut off at <paramref name="a"/> and <paramref name="b"/>, through the inverse of its distribution function.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0.0, double std = 1.0, double a = -2.0, double b = 2.0, Generator? generator = null)
            {
                using var mode = no_grad();
                var low = NormalCdf((a - mean) / std);
                var high = NormalCdf((b - mean) / std);
                tensor.uniform_((2 * low) - 1, (2 * high) - 1, generator);
                tensor.erfinv_();
                tensor.mul_(std * Math.Sqrt(2.0));
                tensor.add_(mean);
                return tensor.clamp_(a, b);
            }

            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * (calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, calculate_gain(nonlinearity, a) / Math.Sqrt(Fan(tensor, mode)));

            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = Math.Sqrt(3.0) * (gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
                return uniform_(tensor, -bound, bound);
            }

            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return normal_(tensor, 0, gain * Math.Sqrt(2.0 / (fanIn + fanOut)));
            }

            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.ndim != 2) throw new ArgumentException($"Only a matrix can become an identity, but it has {tensor.ndim} dimensions.", nameof(tensor));
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                return tensor.copy_(eye(tensor.size(0), tensor.size(1), dtype: tensor.dtype, device: tensor.device));
            }

            /// <summary>A matrix whose rows or columns, whichever are fewer, are orthonormal.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.ndim < 2) throw new ArgumentException($"orthogonal_ needs at least 2 dimensions, but got {tensor.ndim}.", nameof(tensor));
                if (tensor.numel() == 0) return tensor;
                using var scope = NewDisposeScope();
                using var mode = no_grad();
                var rows = tensor.size(0);
                var columns = tensor.numel() / rows;
                var flat = empty([rows, columns], dtype: tensor.dtype, device: tensor.device).normal_();
                var (q, r) = Orthogonal.CallTwo(rows < columns ? flat.t() : flat);
                // The signs of R's diagonal make the draw uniform over all orthogonal matrices.
                q.mul_(r.diagonal().sign());
                tensor.copy_((rows < columns ? q.t() : q).reshape(tensor.shape));
                return tensor.mul_(gain);
            }

            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                if (tensor.ndim < 2) throw new ArgumentException($"Fan in and fan out need at least 2 dimensions, but got {tensor.ndim}.", nameof(tensor));
                var shape = tensor.shape;
                var receptive = 1L;
                foreach (var size in shape.AsSpan(2)) receptive *= size;
                return (shape[1] * receptive, shape[0] * receptive);
            }

            /// <summary>The start of linear layers and convolutions in PyTorch: both parts uniform within 1 / sqrt(fan in).</summary>
            internal static void ResetAffine(Tensor weight, Tensor? bias)
            {
                if (weight.numel() > 0) kaiming_uniform_(weight, Math.Sqrt(5));
                if (bias is null) return;
                var (fanIn, _) = CalculateFanInAndFanOut(weight);
                var bound = fanIn > 0 ? 1 / Math.Sqrt(fanIn) : 0;
                uniform_(bias, -bound, bound);
            }

            internal static T Filled<T>(T tensor, double value) where T : Tensor
            {
                constant_(tensor, value);
                return tensor;
            }

            private static long Fan(Tensor tensor, FanInOut mode)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return mode == FanInOut.FanIn ? fanIn : fanOut;
            }

            private static double NormalCdf(double x) => (1 + Erf(x / Math.Sqrt(2.0))) / 2;

            private static double Erf(double x)
            {
                using var scope = NewDisposeScope();
                return torch.tensor(x, dtype: ScalarType.Float64).erf().ToDouble();
            }
        }
    }
}
