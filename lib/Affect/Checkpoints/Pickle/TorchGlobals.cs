namespace Affect.Checkpoints.Pickle;

/// <summary>The names that a PyTorch file may use: those that rebuild tensors, and plain containers.</summary>
/// <remarks>Layout of the calls: torch/_utils.py and torch/serialization.py of PyTorch 1.13 and 2.x.</remarks>
internal static class TorchGlobals
{
    private static readonly (string Storage, string Format, ScalarType Type)[] Types =
    [
        ("FloatStorage", "float32", ScalarType.Float32),
        ("DoubleStorage", "float64", ScalarType.Float64),
        ("HalfStorage", "float16", ScalarType.Float16),
        ("BFloat16Storage", "bfloat16", ScalarType.BFloat16),
        ("LongStorage", "int64", ScalarType.Int64),
        ("IntStorage", "int32", ScalarType.Int32),
        ("ShortStorage", "int16", ScalarType.Int16),
        ("CharStorage", "int8", ScalarType.Int8),
        ("ByteStorage", "uint8", ScalarType.Byte),
        ("BoolStorage", "bool", ScalarType.Bool),
    ];

    /// <summary>Marks a storage of raw bytes, whose tensors carry their number format themselves.</summary>
    private static readonly object Untyped = new();

    internal static IReadOnlyDictionary<string, PickleGlobal> Allowed { get; } = Build();

    /// <summary>What a pickle's reference to data outside itself means: <c>('storage', type, key, location, count)</c>.</summary>
    internal static object? Storage(string path, object? id)
    {
        if (id is not object?[] { Length: >= 5 } parts || parts[0] is not "storage" || parts[2] is not string key || parts[4] is not (long and >= 0 and var count))
            throw new FormatException($"{path}: the pickle refers to data outside itself in an unknown way.");
        var isUntyped = ReferenceEquals(parts[1], Untyped);
        if (!isUntyped && parts[1] is not ScalarType)
            throw new FormatException($"{path}: the pickle names a storage '{key}' of an unknown type.");
        return new StorageReference(key, isUntyped ? null : (ScalarType)parts[1]!, count);
    }

    private static Dictionary<string, PickleGlobal> Build()
    {
        var allowed = new Dictionary<string, PickleGlobal>
        {
            ["torch._utils._rebuild_tensor_v2"] = new(null, RebuildTensor),
            ["torch._utils._rebuild_tensor_v3"] = new(null, RebuildTypedTensor),
            ["torch._utils._rebuild_parameter"] = new(null, RebuildParameter),
            ["torch._utils._rebuild_parameter_with_state"] = new(null, RebuildParameter),
            ["collections.OrderedDict"] = new(null, BuildMap),
            ["torch.Size"] = new(null, arguments => arguments[0]),
            ["torch.storage.UntypedStorage"] = new(Untyped),
            ["torch.storage._UntypedStorage"] = new(Untyped),
            ["torch.UntypedStorage"] = new(Untyped),
        };
        foreach (var (storage, format, type) in Types)
        {
            allowed[$"torch.{storage}"] = new(type);
            allowed[$"torch.{format}"] = new(type);
        }
        return allowed;
    }

    // (storage, offset, size, stride, requires_grad, hooks)
    private static TensorReference RebuildTensor(object?[] arguments)
    {
        var storage = (StorageReference)arguments[0]!;
        return Tensor(storage, storage.Type ?? ScalarType.Byte, arguments);
    }

    // (storage, offset, size, stride, requires_grad, hooks, dtype)
    private static TensorReference RebuildTypedTensor(object?[] arguments) =>
        Tensor((StorageReference)arguments[0]!, (ScalarType)arguments[6]!, arguments);

    // (data, requires_grad, hooks)
    private static TensorReference RebuildParameter(object?[] arguments) => (TensorReference)arguments[0]!;

    // OrderedDict() or OrderedDict([[key, value], ...])
    private static PickleMap BuildMap(object?[] arguments)
    {
        var map = new PickleMap();
        if (arguments.Length == 0) return map;
        foreach (var item in (List<object?>)arguments[0]!)
        {
            var (key, value) = item is List<object?> list ? (list[0], list[1]) : (((object?[])item!)[0], ((object?[])item)[1]);
            map.Set(key, value);
        }
        return map;
    }

    private static TensorReference Tensor(StorageReference storage, ScalarType type, object?[] arguments) =>
        new(storage, type, (long)arguments[1]!, Integers(arguments[2]), Integers(arguments[3]));

    private static long[] Integers(object? tuple) => Array.ConvertAll((object?[])tuple!, item => (long)item!);
}
