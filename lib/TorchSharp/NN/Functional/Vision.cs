using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator PadWith = new("aten::pad");
            private static readonly Operator GridSampler = new("aten::grid_sampler");
            private static readonly Operator AffineGrid = new("aten::affine_grid_generator");
            private static readonly Operator OneHot = new("aten::one_hot");
            private static readonly Operator Cosine = new("aten::cosine_similarity");
            private static readonly Operator Pairwise = new("aten::pairwise_distance");

            /// <param name="pad">Left and right side of the last dimension, then of the one before, and so on; negative sizes cut off.</param>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Constant or PaddingModes.Zeros => PadWith.Call(input, pad, "constant", mode == PaddingModes.Zeros ? 0 : value),
                PaddingModes.Reflect => PadWith.Call(input, pad, "reflect"),
                PaddingModes.Replicate => PadWith.Call(input, pad, "replicate"),
                PaddingModes.Circular => PadWith.Call(input, pad, "circular"),
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "mode must be one of PaddingModes."),
            };

            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, pad.ToArray(), mode, value);

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, Pair(pad), mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (long[])[pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            /// <summary>The same size on both sides of the last dimension.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, Twice(pad), mode, value);

            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros,
                bool? align_corners = null)
            {
                // ATen counts otherwise: bilinear 0, nearest 1; zeros 0, border 1, reflection 2.
                var method = mode == GridSampleMode.Bilinear ? 0 : 1;
                var outside = padding_mode switch { GridSamplePaddingMode.Border => 1, GridSamplePaddingMode.Reflection => 2, _ => 0 };
                return GridSampler.Call(input, grid, method, outside, align_corners ?? false);
            }

            public static Tensor affine_grid(Tensor theta, long[] size, bool align_corners = false) => AffineGrid.Call(theta, size, align_corners);

            /// <param name="x">int64</param>
            /// <param name="num_classes">-1 takes the largest class of <paramref name="x"/>.</param>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => OneHot.Call(x, num_classes);

            public static Tensor cosine_similarity(Tensor x1, Tensor x2, long dim = 1, double eps = 1e-08) => Cosine.Call(x1, x2, dim, eps);

            public static Tensor pairwise_distance(Tensor input1, Tensor input2, double p = 2.0, double eps = 1e-06, bool keepdim = false) =>
                Pairwise.Call(input1, input2, p, eps, keepdim);
        }
    }
}
