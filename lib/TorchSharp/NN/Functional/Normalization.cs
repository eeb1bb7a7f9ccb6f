using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator LayerNormOf = new("aten::layer_norm");
            private static readonly Operator GroupNormOf = new("aten::group_norm");
            private static readonly Operator BatchNormOf = new("aten::batch_norm");
            private static readonly Operator InstanceNormOf = new("aten::instance_norm");
            private static readonly Operator NormOf = new("aten::norm.ScalarOpt_dim");
            private static readonly Operator ClampMin = new("aten::clamp_min");
            private static readonly Operator ExpandAs = new("aten::expand_as");
            private static readonly Operator Divide = new("aten::div.Tensor");

            // The bfloat16 kernels of libtorch 1.x for these two take 5 to 15 times as long as the float32 ones, and round more often.
            private static readonly Lazy<bool> AreNormsWidened = new(() => __version__.StartsWith("1.", StringComparison.Ordinal));

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
            {
                ArgumentNullException.ThrowIfNull(input);
                if (!IsWidened(input)) return LayerNormOf.Call(input, normalized_shape, weight, bias, eps, true);
                using var scope = NewDisposeScope();
                return LayerNormOf.Call(Widened(input), normalized_shape, Widened(weight), Widened(bias), eps, true).to(input.dtype).MoveToOuterDisposeScope();
            }

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
            {
                ArgumentNullException.ThrowIfNull(input);
                if (!IsWidened(input)) return GroupNormOf.Call(input, num_groups, weight, bias, eps, true);
                using var scope = NewDisposeScope();
                return GroupNormOf.Call(Widened(input), num_groups, Widened(weight), Widened(bias), eps, true).to(input.dtype).MoveToOuterDisposeScope();
            }

            public static Tensor batch_norm(
                Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false,
                double momentum = 0.1, double eps = 1e-05) =>
                BatchNormOf.Call(input, weight, bias, running_mean, running_var, training, momentum, eps, true);

            public static Tensor instance_norm(
                Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null,
                bool use_input_stats = true, double momentum = 0.1, double eps = 1e-05) =>
                InstanceNormOf.Call(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);

            /// <summary>Divides by the p-norm along a dimension.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1L, double eps = 1e-12)
            {
                using var norm = NormOf.Call(input, p, new[] { dim }, true);
                using var floor = ClampMin.Call(norm, eps);
                using var wide = ExpandAs.Call(floor, input);
                return Divide.Call(input, wide);
            }

            private static bool IsWidened(Tensor input) => input.dtype == ScalarType.BFloat16 && input.is_cpu && AreNormsWidened.Value;

            private static Tensor? Widened(Tensor? tensor) => tensor?.to(ScalarType.Float32);
        }
    }
}
