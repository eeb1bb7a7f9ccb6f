using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor max() => Op.Max.Call(this);

        public Tensor max(Tensor other) => maximum(other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Op.MaxDim.CallTwo(this, dim, keepdim);

        public Tensor min() => Op.Min.Call(this);

        public Tensor min(Tensor other) => minimum(other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Op.MinDim.CallTwo(this, dim, keepdim);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Op.Amax.Call(this, dims, keepdim));

        public Tensor amax(params long[] dims) => Op.Amax.Call(this, dims);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amax(dims.ToArray(), keepdim, @out);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Op.Amin.Call(this, dims, keepdim));

        public Tensor amin(params long[] dims) => Op.Amin.Call(this, dims);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amin(dims.ToArray(), keepdim, @out);

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => Op.Aminmax.CallTwo(this, Value.Of(dim), keepdim);

        public Tensor argmax() => Op.Argmax.Call(this);

        public Tensor argmax(long dim, bool keepdim = false) => Op.Argmax.Call(this, dim, keepdim);

        public Tensor argmin() => Op.Argmin.Call(this);

        public Tensor argmin(long dim, bool keepdim = false) => Op.Argmin.Call(this, dim, keepdim);

        public Tensor argsort(long dim = -1, bool descending = false) => Op.Argsort.Call(this, dim, descending);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Op.Sort.CallTwo(this, stable, dim, descending);

        public Tensor msort() => Op.Msort.Call(this);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Op.Topk.CallTwo(this, k, dim, largest, sorted);

        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) =>
            Op.Kthvalue.CallTwo(this, k, dim ?? -1, keepdim);

        public Tensor median() => Op.Median.Call(this);

        public Tensor nanmedian() => Op.Nanmedian.Call(this);

        public (Tensor values, Tensor indices) mode(long dim = -1L, bool keepdim = false) => Op.Mode.CallTwo(this, dim, keepdim);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Quantile.Call(this, q, dim, keepdim);

        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false) => Op.Nanquantile.Call(this, q, dim, keepdim);

        /// <summary>The values that occur, the position of each element's value among them, and how often each occurs.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Wanted(
                dim is null
                    ? Op.Unique.CallThree(this, sorted, return_inverse, return_counts)
                    : Op.UniqueDim.CallThree(this, dim.Value, sorted, return_inverse, return_counts),
                return_inverse, return_counts);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null) =>
            Wanted(
                Op.UniqueConsecutive.CallThree(this, return_inverse, return_counts, Value.Of((long?)dim)), return_inverse, return_counts);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Op.Bincount.Call(this, weights, minlength);

        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Op.Histc.Call(this, bins, min, max);

        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Op.Bucketize.Call(this, boundaries, outInt32, right);

        private static Tensor Into(Tensor? target, Tensor result)
        {
            if (target is null) return result;
            using (result) return target.copy_(result);
        }

        private static (Tensor Output, Tensor? Inverse, Tensor? Counts) Wanted(
            (Tensor Output, Tensor Inverse, Tensor Counts) found, bool wantsInverse, bool wantsCounts)
        {
            if (!wantsInverse) found.Inverse.Dispose();
            if (!wantsCounts) found.Counts.Dispose();
            return (found.Output, wantsInverse ? found.Inverse : null, wantsCounts ? found.Counts : null);
        }

        private static partial class Op
        {
            internal static readonly Operator Max = new("aten::max");
            internal static readonly Operator MaxDim = new("aten::max.dim");
            internal static readonly Operator Min = new("aten::min");
            internal static readonly Operator MinDim = new("aten::min.dim");
            internal static readonly Operator Amax = new("aten::amax");
            internal static readonly Operator Amin = new("aten::amin");
            internal static readonly Operator Aminmax = new("aten::aminmax");
            internal static readonly Operator Argmax = new("aten::argmax");
            internal static readonly Operator Argmin = new("aten::argmin");
            internal static readonly Operator Argsort = new("aten::argsort");
            internal static readonly Operator Sort = new("aten::sort.stable");
            internal static readonly Operator Msort = new("aten::msort");
            internal static readonly Operator Topk = new("aten::topk");
            internal static readonly Operator Kthvalue = new("aten::kthvalue");
            internal static readonly Operator Median = new("aten::median");
            internal static readonly Operator Nanmedian = new("aten::nanmedian");
            internal static readonly Operator Mode = new("aten::mode");
            internal static readonly Operator Quantile = new("aten::quantile");
            internal static readonly Operator Nanquantile = new("aten::nanquantile");
            internal static readonly Operator Unique = new("aten::_unique2");
            internal static readonly Operator UniqueDim = new("aten::unique_dim");
            internal static readonly Operator UniqueConsecutive = new("aten::unique_consecutive");
            internal static readonly Operator Bincount = new("aten::bincount");
            internal static readonly Operator Histc = new("aten::histc");
            internal static readonly Operator Bucketize = new("aten::bucketize.Tensor");
        }
    }
}
