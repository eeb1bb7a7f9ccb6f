using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor std(bool unbiased = true) => Op.Std.Call(this, unbiased);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type, Op.StdDims.Call(this, dimensions, unbiased, keepdim));

        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(dimensions.ToArray(), unbiased, keepdim, type);

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim.Item1, dim.Item2], unbiased, keepdim, type);

        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        public Tensor var(bool unbiased = true) => Op.Var.Call(this, unbiased);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type, Op.VarDims.Call(this, dimensions, unbiased, keepdim));

        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dimensions.ToArray(), unbiased, keepdim, type);

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim.Item1, dim.Item2], unbiased, keepdim, type);

        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Op.StdMean.CallTwo(this, unbiased);

        public (Tensor std, Tensor mean) std_mean(
            long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type, Op.StdMeanDims.CallTwo(this, dimensions, unbiased, keepdim));

        public (Tensor std, Tensor mean) std_mean(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean(dimensions.ToArray(), unbiased, keepdim, type);

        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std_mean([dim], unbiased, keepdim, type);

        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Op.VarMean.CallTwo(this, unbiased);

        public (Tensor @var, Tensor mean) var_mean(
            long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(type, Op.VarMeanDims.CallTwo(this, dimensions, unbiased, keepdim));

        public (Tensor @var, Tensor mean) var_mean(
            ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var_mean(dimensions.ToArray(), unbiased, keepdim, type);

        public (Tensor @var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var_mean([dim], unbiased, keepdim, type);

        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null) =>
            Op.Cov.Call(this, correction, fweights, aweights);

        public Tensor corrcoef() => Op.Corrcoef.Call(this);

        private static Tensor As(ScalarType? type, Tensor result) => type is null ? result : result.to(type.Value, disposeAfter: true);

        private static (Tensor Spread, Tensor Mean) As(ScalarType? type, (Tensor Spread, Tensor Mean) result) =>
            type is null ? result : (As(type, result.Spread), As(type, result.Mean));

        private static partial class Op
        {
            internal static readonly Operator Std = new("aten::std");
            internal static readonly Operator StdDims = new("aten::std.dim");
            internal static readonly Operator Var = new("aten::var");
            internal static readonly Operator VarDims = new("aten::var.dim");
            internal static readonly Operator StdMean = new("aten::std_mean");
            internal static readonly Operator StdMeanDims = new("aten::std_mean.dim");
            internal static readonly Operator VarMean = new("aten::var_mean");
            internal static readonly Operator VarMeanDims = new("aten::var_mean.dim");
            internal static readonly Operator Cov = new("aten::cov");
            internal static readonly Operator Corrcoef = new("aten::corrcoef");
        }
    }
}
