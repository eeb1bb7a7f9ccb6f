namespace Affect.Checkpoints.Pickle;

/// <summary>Reads a tensor whose numbers do not lie one after another: transposed, sliced, expanded, or shared with another.</summary>
internal static class StridedCopy
{
    /// <summary>How many times larger than its storage an expanded tensor may be.</summary>
    internal const long MostExpansion = 1 << 16;

    /// <summary>Fills a contiguous tensor from a stream that stands at the view's first number.</summary>
    internal static void Read(Stream storage, TensorReference view, Tensor target)
    {
        var size = TensorTypes.SizeOf(view.Type);
        var extent = 1L;
        for (var axis = 0; axis < view.Shape.Length; axis++) extent += (view.Shape[axis] - 1) * view.Strides[axis];
        var source = new byte[checked(extent * size)];
        storage.ReadExactly(source);
        var result = target.bytes;
        var index = new long[view.Shape.Length];
        var from = 0L;
        for (var to = 0; to < result.Length; to += size)
        {
            source.AsSpan((int)(from * size), size).CopyTo(result[to..]);
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                from += view.Strides[axis];
                if (++index[axis] < view.Shape[axis]) break;
                from -= view.Shape[axis] * view.Strides[axis];
                index[axis] = 0;
            }
        }
    }
}
