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

            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                LayerNormOf.Call(input, normalized_shape, weight, bias, eps, true);

            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05) =>
                GroupNormOf.Call(input, num_groups, weight, bias, eps, true);

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
        }
    }
}
