namespace Affect.Checkpoints;

/// <summary>What a checkpoint says about one of its tensors before the tensor is read.</summary>
/// <param name="Name">The tensor's name in the file.</param>
/// <param name="Type">The number format in the file.</param>
/// <param name="Shape">The sizes; empty for a single number.</param>
public sealed record TensorEntry(string Name, ScalarType Type, IReadOnlyList<long> Shape)
{
    /// <summary>How many numbers the tensor holds.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The shape as text, as in <c>[32, 8, 16]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
