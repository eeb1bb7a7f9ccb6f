namespace Affect.Checkpoints.Pickle;

/// <summary>A tensor as a pickle describes it: a view of a storage.</summary>
/// <param name="Source">The storage it looks into.</param>
/// <param name="Type">The number format.</param>
/// <param name="Offset">The first number, counted in numbers.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Strides">How many numbers apart neighbours are, per axis; 0 repeats one.</param>
internal sealed record TensorReference(TensorReference.Storage Source, ScalarType Type, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>How many times larger than its storage an expanded tensor may be.</summary>
    internal const long MostExpansion = 1 << 16;

    /// <summary>How many numbers lie between the first and the last, both included.</summary>
    internal Int128 Extent => 1 + Shape.Zip(Strides).Aggregate(Int128.Zero, (sum, axis) => sum + (Int128)(axis.First - 1) * axis.Second);

    /// <summary>Fills a contiguous tensor from a stream at the view's first number; the view may be transposed, sliced or expanded.</summary>
    internal void Read(Stream storage, Tensor target)
    {
        if (IsContiguous())
        {
            target.ReadBytesFromStream(storage, NumberFormat.BufferSize);
            return;
        }
        var size = NumberFormat.SizeOf(Type);
        var source = new byte[checked((long)Extent * size)];
        storage.ReadExactly(source);
        var result = target.bytes;
        var index = new long[Shape.Length];
        var from = 0L;
        for (var to = 0; to < result.Length; to += size)
        {
            source.AsSpan((int)(from * size), size).CopyTo(result[to..]);
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                from += Strides[axis];
                if (++index[axis] < Shape[axis]) break;
                from -= Shape[axis] * Strides[axis];
                index[axis] = 0;
            }
        }
    }

    private bool IsContiguous()
    {
        var expected = 1L;
        for (var axis = Shape.Length - 1; axis >= 0; axis--)
        {
            if (Shape[axis] != 1 && Strides[axis] != expected) return false;
            expected *= Shape[axis];
        }
        return true;
    }

    /// <summary>An entry of the archive that tensors look into.</summary>
    /// <param name="Key">The entry's name below <c>data/</c>.</param>
    /// <param name="Type">The number format; null for raw bytes, whose tensors say it themselves.</param>
    internal sealed record Storage(string Key, ScalarType? Type);
}
