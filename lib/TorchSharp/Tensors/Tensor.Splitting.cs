using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor[] chunk(long chunks, long dim = 0L) => Op.Chunk.CallMany(this, chunks, dim);

        /// <param name="size">Of each part but the last.</param>
        public Tensor[] split(long size, int dim = 0) => Op.Split.CallMany(this, size, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Op.SplitWithSizes.CallMany(this, sizes, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Op.SplitWithSizes.CallMany(this, sizes.ToArray(), dim);

        public Tensor[] split(params long[] sizes) => Op.SplitWithSizes.CallMany(this, sizes, 0);

        public Tensor[] tensor_split(long size, long dim = 0L) => Op.TensorSplit.CallMany(this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0L) => Op.TensorSplitAt.CallMany(this, sizes, dim);

        public Tensor[] tensor_split(Tensor indices, long dim = 0L) => Op.TensorSplitTensor.CallMany(this, indices, dim);

        public Tensor[] vsplit(long size) => Op.TensorSplit.CallMany(this, size, 0);

        public Tensor[] vsplit(params long[] sizes) => Op.TensorSplitAt.CallMany(this, sizes, 0);

        public Tensor[] hsplit(long size) => Op.TensorSplit.CallMany(this, size, ndim == 1 ? 0 : 1);

        public Tensor[] hsplit(params long[] sizes) => Op.TensorSplitAt.CallMany(this, sizes, ndim == 1 ? 0 : 1);

        public Tensor[] unbind(long dimension = 0L) => Op.Unbind.CallMany(this, dimension);

        public Tensor narrow(long dim, long start, long length) => Op.Narrow.Call(this, dim, start, length);

        public Tensor select(long dim, long index) => Op.Select.Call(this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) => Op.Slice.Call(this, dim, start, finish, step);

        private static partial class Op
        {
            internal static readonly Operator Chunk = new("aten::chunk");
            internal static readonly Operator Split = new("aten::split.Tensor");
            internal static readonly Operator SplitWithSizes = new("aten::split_with_sizes");
            internal static readonly Operator TensorSplit = new("aten::tensor_split.sections");
            internal static readonly Operator TensorSplitAt = new("aten::tensor_split.indices");
            internal static readonly Operator TensorSplitTensor = new("aten::tensor_split.tensor_indices_or_sections");
            internal static readonly Operator Unbind = new("aten::unbind.int");
            internal static readonly Operator Narrow = new("aten::narrow");
            internal static readonly Operator Select = new("aten::select.int");
            internal static readonly Operator Slice = new("aten::slice.Tensor");
        }
    }
}
