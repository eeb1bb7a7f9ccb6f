using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Op.Sum.Call(this, Value.Of(type));

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => Op.SumDims.Call(this, dim, keepdim, Value.Of(type));

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => sum(dim.ToArray(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(
            long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        public Tensor nansum() => Op.Nansum.Call(this);

        public Tensor mean() => Op.Mean.Call(this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Op.MeanDims.Call(this, dimensions, keepdim, Value.Of(type));

        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) =>
            Op.Nanmean.Call(this, dim is null ? Value.None : (long[])[dim.Value], keepdim, Value.Of(dtype));

        public Tensor prod(ScalarType? type = null) => Op.Prod.Call(this, Value.Of(type));

        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Op.ProdDim.Call(this, dim, keepdim, Value.Of(type));

        public Tensor all() => Op.All.Call(this);

        public Tensor all(long dim, bool keepdim = false) => Op.AllDim.Call(this, dim, keepdim);

        public Tensor any() => Op.Any.Call(this);

        public Tensor any(long dim, bool keepdim = false) => Op.AnyDim.Call(this, dim, keepdim);

        public Tensor norm(float p = 2.0f) => Op.Norm.Call(this, p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) => Op.NormDim.Call(this, p, (long[])[dim], keepdim);

        public Tensor dist(Tensor other, float p = 2.0f) => Op.Dist.Call(this, other, p);

        public Tensor renorm(float p, long dim, float maxnorm) => Op.Renorm.Call(this, p, dim, maxnorm);

        public Tensor logsumexp(long dim, bool keepdim = false) => Op.Logsumexp.Call(this, (long[])[dim], keepdim);

        public Tensor cumsum(long dim, ScalarType? type = null) => Op.Cumsum.Call(this, dim, Value.Of(type));

        public Tensor cumprod(long dim, ScalarType? type = null) => Op.Cumprod.Call(this, dim, Value.Of(type));

        public (Tensor values, Tensor indexes) cummax(long dim) => Op.Cummax.CallTwo(this, dim);

        public (Tensor values, Tensor indexes) cummin(long dim) => Op.Cummin.CallTwo(this, dim);

        public Tensor logcumsumexp(long dim) => Op.Logcumsumexp.Call(this, dim);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Op.Diff.Call(this, n, dim, prepend, append);

        public Tensor count_nonzero(
            long[]? dims = null) =>
            dims is null ? Op.CountNonzero.Call(this) : Op.CountNonzeroDims.Call(this, dims);

        private static partial class Op
        {
            internal static readonly Operator Sum = new("aten::sum");
            internal static readonly Operator SumDims = new("aten::sum.dim_IntList");
            internal static readonly Operator Nansum = new("aten::nansum");
            internal static readonly Operator Mean = new("aten::mean");
            internal static readonly Operator MeanDims = new("aten::mean.dim");
            internal static readonly Operator Nanmean = new("aten::nanmean");
            internal static readonly Operator Prod = new("aten::prod");
            internal static readonly Operator ProdDim = new("aten::prod.dim_int");
            internal static readonly Operator All = new("aten::all");
            internal static readonly Operator AllDim = new("aten::all.dim");
            internal static readonly Operator Any = new("aten::any");
            internal static readonly Operator AnyDim = new("aten::any.dim");
            internal static readonly Operator Norm = new("aten::norm.Scalar");
            internal static readonly Operator NormDim = new("aten::norm.ScalarOpt_dim");
            internal static readonly Operator Dist = new("aten::dist");
            internal static readonly Operator Renorm = new("aten::renorm");
            internal static readonly Operator Logsumexp = new("aten::logsumexp");
            internal static readonly Operator Cumsum = new("aten::cumsum");
            internal static readonly Operator Cumprod = new("aten::cumprod");
            internal static readonly Operator Cummax = new("aten::cummax");
            internal static readonly Operator Cummin = new("aten::cummin");
            internal static readonly Operator Logcumsumexp = new("aten::logcumsumexp");
            internal static readonly Operator Diff = new("aten::diff");
            internal static readonly Operator CountNonzero = new("aten::count_nonzero");
            internal static readonly Operator CountNonzeroDims = new("aten::count_nonzero.dim_IntList");
        }
    }
}
