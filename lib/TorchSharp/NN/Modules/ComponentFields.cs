using System.Collections.Concurrent;
using System.Reflection;
using TorchSharp.Utils;

namespace TorchSharp.Modules;

/// <summary>The fields of a module type that can hold a child, a parameter or a buffer, found once per type.</summary>
internal static class ComponentFields
{
    private static readonly ConcurrentDictionary<Type, (string Name, FieldInfo Field)[]> Known = new();

    /// <summary>The type's own fields first, then what it inherits, private fields of base classes included.</summary>
    internal static (string Name, FieldInfo Field)[] Of(Type type) => Known.GetOrAdd(type, static type =>
    {
        var found = new List<(string, FieldInfo)>();
        var seen = new HashSet<string>();
        for (var level = type; level is not null && level != typeof(torch.nn.Module); level = level.BaseType)
        {
            foreach (var field in level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            {
                if (!seen.Add(field.Name) || !CanHold(field.FieldType)) continue;
                found.Add((field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name, field));
            }
        }
        return [.. found];
    });

    private static bool CanHold(Type type) =>
        typeof(torch.nn.Module).IsAssignableFrom(type) || typeof(torch.Tensor).IsAssignableFrom(type)
        || type.IsInterface || type.IsAssignableFrom(typeof(torch.nn.Module));
}
