namespace Affect.Notebook.Formatting;

/// <summary>Names of types as C# writes them.</summary>
internal static class TypeNames
{
    /// <summary>As in <c>List&lt;Int32&gt;</c>; an anonymous type has none.</summary>
    internal static string Of(Type type)
    {
        if (type.Name.Contains("AnonymousType", StringComparison.Ordinal)) return "";
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (!type.IsGenericType) return type.Name;
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        var name = tick < 0 ? type.Name : type.Name[..tick];
        return $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>";
    }
}
