namespace Affect.Checkpoints.Pickle;

/// <summary>A tensor as a pickle describes it: a view of a storage.</summary>
/// <param name="Storage">The storage it looks into.</param>
/// <param name="Type">The number format.</param>
/// <param name="Offset">The first number, counted in numbers.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Strides">How many numbers apart neighbours are, per axis; 0 repeats one.</param>
internal sealed record TensorReference(StorageReference Storage, ScalarType Type, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>True if the numbers lie one after another in the order of the axes.</summary>
    internal bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected) return false;
                expected *= Shape[axis];
            }
            return true;
        }
    }
}
