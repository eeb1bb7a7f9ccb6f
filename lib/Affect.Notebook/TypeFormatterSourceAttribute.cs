namespace Affect.Notebook;

/// <summary>Names the class whose formatters show values of a type, in our kernel and in every other that follows the convention of .NET Interactive.</summary>
/// <remarks>
/// Known by its name alone: .NET Interactive looks for an attribute so called, takes <see cref="FormatterSourceType"/>, makes one by its public
/// constructor without parameters, calls <c>CreateTypeFormatters()</c>, and of each formatter takes <c>MimeType</c> and <c>Format(object, TextWriter)</c>.
/// Other libraries bring an attribute of their own; none depends on another.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class that has <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The form to show where only one can be; .NET Interactive sends JSON forms as text, so ours name HTML.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
