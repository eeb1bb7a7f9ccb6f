namespace Affect.Notebook.Formatting;

/// <summary>Values as short plain text, with numbers as they are written everywhere (a point, no groups).</summary>
internal static class ValueText
{
    /// <summary>A value in full.</summary>
    internal static string Of(object? value) => new ValueWriter().Of(value);

    /// <summary>A value in a cell of a table or inside another value: numbers to four digits, long text cut.</summary>
    internal static string Cell(object? value) => new ValueWriter().Cell(value);

    /// <summary>What can be read of a type's values.</summary>
    internal static IReadOnlyList<PropertyInfo> Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetMethod!.IsPublic && property.GetIndexParameters().Length == 0)];

    /// <summary>A property's value, or why it has none.</summary>
    internal static object? Value(PropertyInfo property, object owner) => ErrorText.Guarded(
        () => property.GetMethod!.Invoke(owner, BindingFlags.DoNotWrapExceptions, binder: null, parameters: null, culture: null),
        // The property's own error, or that of a type that cannot be had as an object, as a Span.
        error => $"({ErrorText.MessageOf(error)})");
}
