using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// Follows an indexing expression: numbers, ranges and new dimensions make a view; positions and masks are gathered, one place for each
        /// dimension of the view (null: all of it), for <c>aten::index</c>.
        /// </summary>
        private (Tensor View, Tensor?[]? Positions) Slices(TensorIndex[] indices)
        {
            var named = 0L; // dimensions that the expression names
            foreach (var index in indices)
                named += index.IndexKind switch
                {
                    TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                    TensorIndex.Kind.Tensor => Covered(index.Mask!),
                    _ => 0,
                };
            if (named > ndim) throw new ArgumentException($"A tensor of {ndim} dimensions has no place for {named} indices.", nameof(indices));

            var view = alias();
            var places = new List<Tensor?>(indices.Length);
            var isGathered = false;
            var dim = 0L;
            foreach (var index in indices)
            {
                switch (index.IndexKind)
                {
                    case TensorIndex.Kind.Single:
                        Step(ref view, Op.Select.Call(view, dim, index.Start!.Value));
                        break;
                    case TensorIndex.Kind.Slice or TensorIndex.Kind.Null:
                        if (index.Start is not null || index.Stop is not null || index.Step is not null)
                            Step(ref view, Op.Slice.Call(view, dim, Value.Of(index.Start), Value.Of(index.Stop), index.Step ?? 1));
                        Skip(1);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        Skip(ndim - named);
                        break;
                    case TensorIndex.Kind.None:
                        Step(ref view, Op.Unsqueeze.Call(view, dim));
                        Skip(1);
                        break;
                    case TensorIndex.Kind.Bool:
                        Step(ref view, Op.Unsqueeze.Call(view, dim));
                        Gather(torch.tensor(index.Start != 0).unsqueeze(0), 1);
                        break;
                    default:
                        if (IsMask(index.Mask!) || index.Mask!.ndim > 0) Gather(index.Mask!, Covered(index.Mask!));
                        else Step(ref view, Op.Select.Call(view, dim, index.Mask!.ToScalar().ToInt64()));
                        break;
                }
            }
            return (view, isGathered ? places.ToArray() : null);

            void Skip(long count)
            {
                for (var i = 0L; i < count; i++) places.Add(null);
                dim += count;
            }

            void Gather(Tensor positions, long dimensions)
            {
                places.Add(positions);
                isGathered = true;
                dim += dimensions;
            }
        }

        private static void Step(ref Tensor view, Tensor next)
        {
            view.Dispose();
            view = next;
        }

        private static bool IsMask(Tensor index) => index.dtype is ScalarType.Bool or ScalarType.Byte;

        // A mask covers as many dimensions as it has, positions cover one.
        private static long Covered(Tensor index) => IsMask(index) ? index.ndim : 1;
    }
}
