namespace Affect.Notebook.Formatting;

/// <summary>One form of a type's values, as the convention asks: found by the names of its members.</summary>
/// <param name="mimeType">The form.</param>
/// <param name="write">The value in that form; null where it has none.</param>
internal sealed class TypeFormatter<T>(string mimeType, Func<T, string?> write)
{
    /// <summary>The form.</summary>
    public string MimeType { get; } = mimeType;

    /// <summary>The type whose values it takes.</summary>
    public Type Type => typeof(T);

    /// <summary>Writes a value; false if it is of another type or has no such form.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value || write(value) is not { } text) return false;
        writer.Write(text);
        return true;
    }
}
