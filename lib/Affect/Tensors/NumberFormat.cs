namespace Affect.Tensors;

/// <summary>A number format that checkpoints hold.</summary>
/// <param name="Name">As safetensors calls it.</param>
/// <param name="TorchName">As PyTorch calls it.</param>
/// <param name="Storage">PyTorch's class of a storage of such numbers.</param>
/// <param name="Type">As TorchSharp calls it.</param>
/// <param name="Size">Bytes a number.</param>
internal sealed record NumberFormat(string Name, string TorchName, string Storage, ScalarType Type, int Size)
{
    /// <summary>How many bytes move between a stream and a tensor at a time.</summary>
    internal const int BufferSize = 1 << 20;

    internal static IReadOnlyList<NumberFormat> All { get; } =
    [
        new("F64", "float64", "DoubleStorage", ScalarType.Float64, 8),
        new("F32", "float32", "FloatStorage", ScalarType.Float32, 4),
        new("F16", "float16", "HalfStorage", ScalarType.Float16, 2),
        new("BF16", "bfloat16", "BFloat16Storage", ScalarType.BFloat16, 2),
        new("I64", "int64", "LongStorage", ScalarType.Int64, 8),
        new("I32", "int32", "IntStorage", ScalarType.Int32, 4),
        new("I16", "int16", "ShortStorage", ScalarType.Int16, 2),
        new("I8", "int8", "CharStorage", ScalarType.Int8, 1),
        new("U8", "uint8", "ByteStorage", ScalarType.Byte, 1),
        new("BOOL", "bool", "BoolStorage", ScalarType.Bool, 1),
    ];

    internal static string Names => string.Join(", ", All.Select(known => known.Name));

    internal static ScalarType? Parse(string name) => All.FirstOrDefault(known => known.Name == name)?.Type;

    internal static string? NameOf(ScalarType type) => All.FirstOrDefault(known => known.Type == type)?.Name;

    internal static int SizeOf(ScalarType type) => All.First(known => known.Type == type).Size;

    /// <summary>The product of the sizes times the bytes per number, or −1 if that is beyond 2^63.</summary>
    internal static long ByteCount(IReadOnlyList<long> shape, ScalarType type)
    {
        // A zero anywhere makes the tensor empty, however large the other sizes are.
        if (shape.Contains(0)) return 0;
        Int128 bytes = SizeOf(type);
        foreach (var size in shape)
        {
            bytes *= size;
            if (bytes > long.MaxValue) return -1;
        }
        return (long)bytes;
    }
}
