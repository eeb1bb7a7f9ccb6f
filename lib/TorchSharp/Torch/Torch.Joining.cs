using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Op.Cat.Call(Value.List([.. tensors]), dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Op.Cat.Call(Value.List(tensors), dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Op.Cat.Call(Value.List(tensors.ToArray()), dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor stack(
        IEnumerable<Tensor> tensors, long dim = 0) =>
        Op.Stack.Call(Value.List(tensors as Tensor[] ?? [.. tensors]), dim);

    public static Tensor hstack(params Tensor[] tensors) => Op.Hstack.Call(Value.List(tensors));

    public static Tensor hstack(IList<Tensor> tensors) => hstack([.. tensors]);

    public static Tensor vstack(params Tensor[] tensors) => Op.Vstack.Call(Value.List(tensors));

    public static Tensor vstack(IList<Tensor> tensors) => vstack([.. tensors]);

    public static Tensor dstack(params Tensor[] tensors) => Op.Dstack.Call(Value.List(tensors));

    public static Tensor dstack(IList<Tensor> tensors) => dstack([.. tensors]);

    public static Tensor column_stack(params Tensor[] tensors) => Op.ColumnStack.Call(Value.List(tensors));

    public static Tensor column_stack(IList<Tensor> tensors) => column_stack([.. tensors]);

    public static Tensor row_stack(params Tensor[] tensors) => vstack(tensors);

    public static Tensor row_stack(IList<Tensor> tensors) => vstack([.. tensors]);

    public static Tensor block_diag(params Tensor[] tensors) => Op.BlockDiag.Call(Value.List(tensors));

    public static Tensor cartesian_prod(params Tensor[] tensors) => Op.CartesianProd.Call(Value.List(tensors));

    public static Tensor cartesian_prod(IList<Tensor> tensors) => cartesian_prod([.. tensors]);

    public static Tensor combinations(
        Tensor input, int r = 2, bool with_replacement = false) =>
        Op.Combinations.Call(input, r, with_replacement);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Op.BroadcastTensors.CallMany(Value.List(tensors));

    /// <param name="indexing"><c>ij</c> (matrix order) or <c>xy</c> (Cartesian order).</param>
    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Op.Meshgrid.CallMany(Value.List([.. tensors]), indexing);

    /// <summary>Sums of products by Einstein's convention: <c>einsum("bth,bsh->bts", query, key)</c>.</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => Op.Einsum.Call(equation, Value.List(tensors));

    public static Tensor chain_matmul(params Tensor[] matrices) => Op.ChainMatmul.Call(Value.List(matrices));

    /// <summary>x where the condition holds, else y; shapes broadcast.</summary>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => Op.Where.Call(condition, x, y);

    /// <returns>One int64 <c>[found]</c> per dimension: where the condition holds.</returns>
    public static Tensor[] where(Tensor condition) => Op.WhereIs.CallMany(condition);

    /// <summary>Distances of order p between every pair of rows.</summary>
    /// <returns><c>[..., rows of x1, rows of x2]</c>.</returns>
    public static Tensor cdist(
        Tensor x1, Tensor x2, double p = 2.0, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary) =>
        p < 0 ? throw new ArgumentException($"p must be non-negative, but was {p}.", nameof(p)) : Op.Cdist.Call(x1, x2, p, (long)compute_mode);

    public static Tensor searchsorted(
        Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Op.Searchsorted.Call(sorted_sequence, values, out_int32, right, Value.None, sorter);

    public static Tensor searchsorted(Tensor sorted_sequence, Scalar values, bool out_int32, bool right, Tensor? sorter) =>
        Op.SearchsortedScalar.Call(sorted_sequence, values, out_int32, right, Value.None, sorter);

    public static Tensor cross(Tensor input, Tensor other, long dim = -1) => linalg.cross(input, other, dim);

    public static Tensor vander(Tensor x, long N = -1, bool increasing = false) => Op.Vander.Call(x, N < 0 ? Value.None : N, increasing);

    public static Tensor trapezoid(Tensor y, Tensor x, long dim = -1) => Op.Trapezoid.Call(y, x, dim);

    public static Tensor trapezoid(Tensor y, double dx = 1, long dim = -1) => Op.TrapezoidStep.Call(y, dx, dim);

    public static long numel(Tensor input) => input.numel();

    public static bool is_tensor(object obj) => obj is Tensor;

    private static partial class Op
    {
        internal static readonly Operator Cat = new("aten::cat");
        internal static readonly Operator Stack = new("aten::stack");
        internal static readonly Operator Hstack = new("aten::hstack");
        internal static readonly Operator Vstack = new("aten::vstack");
        internal static readonly Operator Dstack = new("aten::dstack");
        internal static readonly Operator ColumnStack = new("aten::column_stack");
        internal static readonly Operator BlockDiag = new("aten::block_diag");
        internal static readonly Operator CartesianProd = new("aten::cartesian_prod");
        internal static readonly Operator Combinations = new("aten::combinations");
        internal static readonly Operator BroadcastTensors = new("aten::broadcast_tensors");
        internal static readonly Operator Meshgrid = new("aten::meshgrid.indexing");
        internal static readonly Operator Einsum = new("aten::einsum");
        internal static readonly Operator ChainMatmul = new("aten::chain_matmul");
        internal static readonly Operator Where = new("aten::where.self");
        internal static readonly Operator WhereIs = new("aten::where");
        internal static readonly Operator Cdist = new("aten::cdist");
        internal static readonly Operator Searchsorted = new("aten::searchsorted.Tensor");
        internal static readonly Operator SearchsortedScalar = new("aten::searchsorted.Scalar");
        internal static readonly Operator Vander = new("aten::vander");
        internal static readonly Operator Trapezoid = new("aten::trapezoid.x");
        internal static readonly Operator TrapezoidStep = new("aten::trapezoid.dx");
    }
}
