using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Affect.Notebook.Formatting;

/// <summary>Shows values whose type names its formatters by .NET Interactive's convention, whoever wrote it.</summary>
internal static class ConventionFormatters
{
    /// <summary>The value in every form that its formatters give, with plain text in any case; null where its type has no formatters.</summary>
    internal static Dictionary<string, JsonNode>? Of(object value)
    {
        var bundle = new Dictionary<string, JsonNode>();
        foreach (var attribute in value.GetType().GetCustomAttributes(inherit: true).Where(attribute => attribute.GetType().Name == nameof(TypeFormatterSourceAttribute)))
        {
            if (Property(attribute, nameof(TypeFormatterSourceAttribute.FormatterSourceType)) is not Type source) continue;
            foreach (var formatter in Formatters(source))
                if (Property(formatter, "MimeType") is string mimeType && !bundle.ContainsKey(mimeType) && Applies(formatter, value) && Text(formatter, value) is { } text)
                    bundle.Add(mimeType, Formatter.Node(mimeType, text));
        }
        if (bundle.Count == 0) return null;
        bundle.TryAdd(MimeType.Text, GeneralFormat.Of(value)[MimeType.Text]);
        return bundle;
    }

    private static IEnumerable<object> Formatters(Type source) =>
        source.GetMethod("CreateTypeFormatters", Type.EmptyTypes) is { } create && create.Invoke(create.IsStatic ? null : Activator.CreateInstance(source), null) is IEnumerable formatters
            ? formatters.Cast<object>()
            : [];

    private static bool Applies(object formatter, object value) => Property(formatter, "Type") is not Type type || type.IsInstanceOfType(value);

    // Null: this formatter declines the value, and another may take it.
    private static string? Text(object formatter, object value)
    {
        if (formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]) is not { } format) return null;
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        return format.Invoke(formatter, BindingFlags.DoNotWrapExceptions, binder: null, [value, writer], CultureInfo.InvariantCulture) is true ? writer.ToString() : null;
    }

    private static object? Property(object owner, string name) => owner.GetType().GetProperty(name)?.GetValue(owner);
}
