namespace Affect.Checkpoints.Pickle;

/// <summary>The names that a PyTorch file may use: those that rebuild tensors, and plain containers.</summary>
/// <remarks>Layout of the calls: torch/_utils.py and torch/serialization.py of PyTorch 1.13 and 2.x.</remarks>
internal static class TorchGlobals
{
    /// <summary>Marks a storage of raw bytes, whose tensors carry their number format themselves.</summary>
    private static readonly object Untyped = new();

    /// <summary>By name: a constant, or a function that the pickle may call.</summary>
    internal static IReadOnlyDictionary<string, object> Allowed { get; } = Build();

    /// <summary>What a pickle's reference to data outside itself means: <c>('storage', type, key, location, count)</c>.</summary>
    internal static object? Storage(string path, object? id)
    {
        if (id is not object?[] { Length: >= 5 } parts || parts[0] is not "storage" || parts[2] is not string key || parts[4] is not (long and >= 0))
            throw new FormatException($"{path}: the pickle refers to data outside itself in an unknown way.");
        if (ReferenceEquals(parts[1], Untyped)) return new TensorReference.Storage(key, Type: null);
        return parts[1] is ScalarType type
            ? new TensorReference.Storage(key, type)
            : throw new FormatException($"{path}: the pickle names a storage '{key}' of an unknown type.");
    }

    private static Dictionary<string, object> Build()
    {
        var allowed = new Dictionary<string, object>
        {
            // (storage, offset, size, stride, requires_grad, hooks)
            ["torch._utils._rebuild_tensor_v2"] = Function(given => Tensor(given, Source(given).Type ?? ScalarType.Byte)),
            // (storage, offset, size, stride, requires_grad, hooks, dtype)
            ["torch._utils._rebuild_tensor_v3"] = Function(given => Tensor(given, (ScalarType)given[6]!)),
            // (data, requires_grad, hooks)
            ["torch._utils._rebuild_parameter"] = Function(given => (TensorReference)given[0]!),
            ["torch._utils._rebuild_parameter_with_state"] = Function(given => (TensorReference)given[0]!),
            ["collections.OrderedDict"] = Function(BuildMap),
            ["torch.Size"] = Function(given => given[0]),
            ["torch.storage.UntypedStorage"] = Untyped,
            ["torch.storage._UntypedStorage"] = Untyped,
            ["torch.UntypedStorage"] = Untyped,
        };
        foreach (var format in NumberFormat.All)
        {
            allowed[$"torch.{format.Storage}"] = format.Type;
            allowed[$"torch.{format.TorchName}"] = format.Type;
        }
        return allowed;
    }

    private static Func<object?[], object?> Function(Func<object?[], object?> call) => call;

    // OrderedDict() or OrderedDict([[key, value], ...])
    private static PickleMap BuildMap(object?[] given)
    {
        var map = new PickleMap();
        if (given.Length == 0) return map;
        foreach (var item in (List<object?>)given[0]!)
        {
            var pair = item is List<object?> list ? [.. list] : (object?[])item!;
            map.Set(pair[0], pair[1]);
        }
        return map;
    }

    private static TensorReference Tensor(object?[] given, ScalarType type) =>
        new(Source(given), type, (long)given[1]!, Integers(given[2]), Integers(given[3]));

    private static TensorReference.Storage Source(object?[] given) => (TensorReference.Storage)given[0]!;

    private static long[] Integers(object? tuple) => Array.ConvertAll((object?[])tuple!, item => (long)item!);
}
