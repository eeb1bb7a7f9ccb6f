namespace Affect.Checkpoints;

/// <summary>The number formats that checkpoints hold, by safetensors' names.</summary>
internal static class TensorTypes
{
    private static readonly (string Name, ScalarType Type, int Size)[] Known =
    [
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2),
        ("I8", ScalarType.Int8, 1),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    internal static string Names => string.Join(", ", Known.Select(known => known.Name));

    internal static bool TryParse(string name, out ScalarType type)
    {
        foreach (var known in Known)
        {
            if (known.Name != name) continue;
            type = known.Type;
            return true;
        }
        type = default;
        return false;
    }

    internal static string? NameOf(ScalarType type) => Known.FirstOrDefault(known => known.Type == type).Name;

    /// <summary>Bytes per number.</summary>
    internal static int SizeOf(ScalarType type) => Known.First(known => known.Type == type).Size;

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
