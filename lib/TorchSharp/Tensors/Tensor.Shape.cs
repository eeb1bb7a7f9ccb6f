using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Its dimensions reversed.</summary>
        public Tensor T => Op.NumpyT.Call(this);

        /// <summary>Its last two dimensions swapped.</summary>
        public Tensor mT => Op.MatrixT.Call(this);

        public Tensor H => Op.MatrixH.Call(this);

        public Tensor mH => Op.MatrixH.Call(this);

        public Tensor view(params long[] shape) => Op.View.Call(this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor view_as_complex() => Op.ViewAsComplex.Call(this);

        public Tensor view_as_real() => Op.ViewAsReal.Call(this);

        public Tensor real => Op.Real.Call(this);

        public Tensor imag => Op.Imag.Call(this);

        public Tensor reshape(params long[] shape) => Op.Reshape.Call(this, shape);

        public Tensor permute(params long[] permutation) => Op.Permute.Call(this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => Op.Permute.Call(this, permutation.ToArray());

        public Tensor transpose(long dim0, long dim1) => Op.Transpose.Call(this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => Op.TransposeInPlace.CallInPlace(this, dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor t() => Op.Transposed.Call(this);

        public Tensor adjoint() => Op.MatrixH.Call(this);

        public Tensor movedim(long[] source, long[] destination) => Op.Movedim.Call(this, source, destination);

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        public Tensor contiguous() => Op.Contiguous.Call(this);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Op.Flatten.Call(this, start_dim, end_dim);

        public Tensor ravel() => Op.Flatten.Call(this);

        public Tensor unflatten(long dim, params long[] sizes) => Op.Unflatten.Call(this, dim, sizes);

        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        /// <param name="dim">null: every dimension of size one.</param>
        public Tensor squeeze(long? dim = null) => dim is null ? Op.Squeeze.Call(this) : Op.SqueezeDim.Call(this, dim.Value);

        public Tensor squeeze_(long? dim = null) =>
            dim is null ? Op.SqueezeInPlace.CallInPlace(this) : Op.SqueezeDimInPlace.CallInPlace(this, dim.Value);

        public Tensor unsqueeze(long dim) => Op.Unsqueeze.Call(this, dim);

        public Tensor unsqueeze_(long dim) => Op.UnsqueezeInPlace.CallInPlace(this, dim);

        public Tensor expand(params long[] sizes) => Op.Expand.Call(this, sizes);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Op.Expand.Call(this, sizes, isImplicit);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Op.Expand.Call(this, sizes.ToArray(), isImplicit);

        public Tensor expand(Size sizes, bool isImplicit = false) => Op.Expand.Call(this, sizes.Shape, isImplicit);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => Op.BroadcastTo.Call(this, shape);

        public Tensor repeat(params long[] sizes) => Op.Repeat.Call(this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Op.RepeatInterleave.Call(this, repeats, Value.Of(dim), Value.Of(output_size));

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Op.RepeatInterleaveTensor.Call(this, repeats, Value.Of(dim), Value.Of(output_size));

        public Tensor tile(long[] reps) => Op.Tile.Call(this, reps);

        public Tensor as_strided(
            long[] size, long[] strides, long storageOffset = 0L) =>
            Op.AsStrided.Call(this, size, strides, storageOffset);

        public Tensor flip(params long[] dims) => Op.Flip.Call(this, dims);

        public Tensor fliplr() => Op.Fliplr.Call(this);

        public Tensor flipud() => Op.Flipud.Call(this);

        public Tensor rot90(long k = 1, (long, long)? dims = null)
        {
            var (from, to) = dims ?? (0, 1);
            return Op.Rot90.Call(this, k, (long[])[from, to]);
        }

        public Tensor roll(
            long shifts, long? dims = null) =>
            Op.Roll.Call(this, (long[])[shifts], dims is null ? (long[])[] : [dims.Value]);

        public Tensor roll((long, long) shifts, (long, long) dims) => roll([shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        public Tensor roll((long, long, long) shifts, (long, long, long) dims) =>
            roll([shifts.Item1, shifts.Item2, shifts.Item3], [dims.Item1, dims.Item2, dims.Item3]);

        public Tensor roll(long[] shifts, long[] dims) => Op.Roll.Call(this, shifts, dims);

        public Tensor roll(long[] shifts) => Op.Roll.Call(this, shifts, (long[])[0]);

        public Tensor roll(
            ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) =>
            Op.Roll.Call(this, shifts.ToArray(), dims.ToArray());

        public Tensor unfold(long dimension, long size, long step) => Op.Unfold.Call(this, dimension, size, step);

        public Tensor tril(long diagonal = 0) => Op.Tril.Call(this, diagonal);

        public Tensor tril_(long diagonal = 0) => Op.TrilInPlace.CallInPlace(this, diagonal);

        public Tensor triu(long diagonal = 0) => Op.Triu.Call(this, diagonal);

        public Tensor triu_(long diagonal = 0) => Op.TriuInPlace.CallInPlace(this, diagonal);

        public Tensor diag(long diagonal = 0) => Op.Diag.Call(this, diagonal);

        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L) => Op.DiagEmbed.Call(this, offset, dim1, dim2);

        public Tensor diagflat(long offset = 0) => Op.Diagflat.Call(this, offset);

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Op.Diagonal.Call(this, offset, dim1, dim2);

        public Tensor atleast_1d() => Op.AtLeast1.Call(this);

        public Tensor atleast_2d() => Op.AtLeast2.Call(this);

        public Tensor atleast_3d() => Op.AtLeast3.Call(this);

        private static partial class Op
        {
            internal static readonly Operator NumpyT = new("aten::numpy_T");
            internal static readonly Operator MatrixT = new("aten::mT");
            internal static readonly Operator MatrixH = new("aten::mH");
            internal static readonly Operator View = new("aten::view");
            internal static readonly Operator ViewAsComplex = new("aten::view_as_complex");
            internal static readonly Operator ViewAsReal = new("aten::view_as_real");
            internal static readonly Operator Real = new("aten::real");
            internal static readonly Operator Imag = new("aten::imag");
            internal static readonly Operator Reshape = new("aten::reshape");
            internal static readonly Operator Permute = new("aten::permute");
            internal static readonly Operator Transpose = new("aten::transpose.int");
            internal static readonly Operator TransposeInPlace = new("aten::transpose_");
            internal static readonly Operator Transposed = new("aten::t");
            internal static readonly Operator Movedim = new("aten::movedim.intlist");
            internal static readonly Operator Contiguous = new("aten::contiguous");
            internal static readonly Operator Flatten = new("aten::flatten.using_ints");
            internal static readonly Operator Unflatten = new("aten::unflatten.int");
            internal static readonly Operator Squeeze = new("aten::squeeze");
            internal static readonly Operator SqueezeDim = new("aten::squeeze.dim");
            internal static readonly Operator SqueezeInPlace = new("aten::squeeze_");
            internal static readonly Operator SqueezeDimInPlace = new("aten::squeeze_.dim");
            internal static readonly Operator Unsqueeze = new("aten::unsqueeze");
            internal static readonly Operator UnsqueezeInPlace = new("aten::unsqueeze_");
            internal static readonly Operator Expand = new("aten::expand");
            internal static readonly Operator BroadcastTo = new("aten::broadcast_to");
            internal static readonly Operator Repeat = new("aten::repeat");
            internal static readonly Operator RepeatInterleave = new("aten::repeat_interleave.self_int");
            internal static readonly Operator RepeatInterleaveTensor = new("aten::repeat_interleave.self_Tensor");
            internal static readonly Operator Tile = new("aten::tile");
            internal static readonly Operator AsStrided = new("aten::as_strided");
            internal static readonly Operator Flip = new("aten::flip");
            internal static readonly Operator Fliplr = new("aten::fliplr");
            internal static readonly Operator Flipud = new("aten::flipud");
            internal static readonly Operator Rot90 = new("aten::rot90");
            internal static readonly Operator Roll = new("aten::roll");
            internal static readonly Operator Unfold = new("aten::unfold");
            internal static readonly Operator Tril = new("aten::tril");
            internal static readonly Operator TrilInPlace = new("aten::tril_");
            internal static readonly Operator Triu = new("aten::triu");
            internal static readonly Operator TriuInPlace = new("aten::triu_");
            internal static readonly Operator Diag = new("aten::diag");
            internal static readonly Operator DiagEmbed = new("aten::diag_embed");
            internal static readonly Operator Diagflat = new("aten::diagflat");
            internal static readonly Operator Diagonal = new("aten::diagonal");
            internal static readonly Operator AtLeast1 = new("aten::atleast_1d");
            internal static readonly Operator AtLeast2 = new("aten::atleast_2d");
            internal static readonly Operator AtLeast3 = new("aten::atleast_3d");
        }
    }
}
