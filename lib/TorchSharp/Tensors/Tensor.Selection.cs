using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <param name="index">int64, or int32.</param>
        public Tensor index_select(long dim, Tensor index) => Op.IndexSelect.Call(this, dim, index);

        public Tensor gather(long dim, Tensor index) => Op.Gather.Call(this, dim, index);

        public Tensor take(Tensor index) => Op.Take.Call(this, index);

        public Tensor take_along_dim(Tensor indices) => Op.TakeAlongDim.Call(this, indices);

        public Tensor take_along_dim(Tensor indices, long dim) => Op.TakeAlongDim.Call(this, indices, dim);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Op.Scatter.Call(this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Op.ScatterInPlace.CallInPlace(this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Op.ScatterAdd.Call(this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Op.ScatterAddInPlace.CallInPlace(this, dim, index, src);

        public Tensor diagonal_scatter(Tensor src, long offset = 0L, long dim1 = 0L, long dim2 = 1L) =>
            Op.DiagonalScatter.Call(this, src, offset, dim1, dim2);

        public Tensor select_scatter(Tensor src, long dim, long index) => Op.SelectScatter.Call(this, src, dim, index);

        public Tensor slice_scatter(Tensor src, long dim = 0L, long? start = null, long? end = null, long step = 1L) =>
            Op.SliceScatter.Call(this, src, dim, Value.Of(start), Value.Of(end), step);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => Op.IndexAdd.Call(this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Op.IndexAddInPlace.CallInPlace(this, dim, index, source, alpha);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Op.IndexCopy.Call(this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Op.IndexCopyInPlace.CallInPlace(this, dim, index, source);

        public Tensor index_fill(long dim, Tensor index, Scalar value) => Op.IndexFill.Call(this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => Op.IndexFillInPlace.CallInPlace(this, dim, index, value);

        /// <param name="mask">bool, of a shape that broadcasts to this one.</param>
        public Tensor masked_fill(Tensor mask, Scalar value) => Op.MaskedFill.Call(this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Op.MaskedFillInPlace.CallInPlace(this, mask, value);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Op.MaskedScatter.Call(this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Op.MaskedScatterInPlace.CallInPlace(this, mask, value);

        public Tensor masked_select(Tensor mask) => Op.MaskedSelect.Call(this, mask);

        /// <summary>This where the condition holds, else <paramref name="y"/>.</summary>
        public Tensor where(Tensor condition, Tensor y) => torch.where(condition, this, y);

        /// <returns>int64 <c>[found, dimensions]</c>.</returns>
        public Tensor nonzero() => Op.Nonzero.Call(this);

        /// <returns>One int64 <c>[found]</c> per dimension.</returns>
        public IList<Tensor> nonzero_as_list() => Op.NonzeroNumpy.CallMany(this);

        public Tensor argwhere() => Op.Argwhere.Call(this);

        private static partial class Op
        {
            internal static readonly Operator IndexSelect = new("aten::index_select");
            internal static readonly Operator Gather = new("aten::gather");
            internal static readonly Operator Take = new("aten::take");
            internal static readonly Operator TakeAlongDim = new("aten::take_along_dim");
            internal static readonly Operator Scatter = new("aten::scatter.src");
            internal static readonly Operator ScatterInPlace = new("aten::scatter_.src");
            internal static readonly Operator ScatterAdd = new("aten::scatter_add");
            internal static readonly Operator ScatterAddInPlace = new("aten::scatter_add_");
            internal static readonly Operator DiagonalScatter = new("aten::diagonal_scatter");
            internal static readonly Operator SelectScatter = new("aten::select_scatter");
            internal static readonly Operator SliceScatter = new("aten::slice_scatter");
            internal static readonly Operator IndexAdd = new("aten::index_add");
            internal static readonly Operator IndexAddInPlace = new("aten::index_add_");
            internal static readonly Operator IndexCopy = new("aten::index_copy");
            internal static readonly Operator IndexCopyInPlace = new("aten::index_copy_");
            internal static readonly Operator IndexFill = new("aten::index_fill.int_Scalar");
            internal static readonly Operator IndexFillInPlace = new("aten::index_fill_.int_Scalar");
            internal static readonly Operator MaskedFill = new("aten::masked_fill.Scalar");
            internal static readonly Operator MaskedFillInPlace = new("aten::masked_fill_.Scalar");
            internal static readonly Operator MaskedScatter = new("aten::masked_scatter");
            internal static readonly Operator MaskedScatterInPlace = new("aten::masked_scatter_");
            internal static readonly Operator MaskedSelect = new("aten::masked_select");
            internal static readonly Operator Nonzero = new("aten::nonzero");
            internal static readonly Operator NonzeroNumpy = new("aten::nonzero_numpy");
            internal static readonly Operator Argwhere = new("aten::argwhere");
        }
    }
}
