using System.Text.Json;
using System.Text.Json.Nodes;
using Affect.Notebook.Formatting;

namespace Affect.Notebook;

/// <summary>Turns any value into the forms that a notebook can show: plain text for all, HTML where it says more, JSON for charts.</summary>
/// <remarks>
/// In this order: the laboratory's own types and tensors (<see cref="KnownFormats"/>), types that bring formatters by the convention of .NET
/// Interactive (<see cref="ConventionFormatters"/>), and everything else by what it is: text, number, collection, record.
/// </remarks>
public static class Formatter
{
    /// <summary>A value as a bundle from mime type to data.</summary>
    /// <param name="value">The value; a <see cref="DisplayedValue"/> has been shown already and gives an empty bundle.</param>
    /// <param name="mimeTypes">Only these forms; all that the value has where left out.</param>
    /// <returns>Text as JSON strings, <c>application/json</c> and <c>*+json</c> as real JSON.</returns>
    /// <exception cref="ArgumentException">The value has no such form.</exception>
    public static IReadOnlyDictionary<string, JsonNode> Format(object? value, params IReadOnlyList<string> mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        if (value is DisplayedValue) return new Dictionary<string, JsonNode>();
        // Text says what it is only by the name it is shown under.
        if (value is string text && mimeTypes.Count > 0) return mimeTypes.Distinct().ToDictionary(mimeType => mimeType, mimeType => Node(mimeType, text));
        var bundle = All(value);
        return mimeTypes.Count == 0 ? bundle : mimeTypes.Distinct().ToDictionary(mimeType => mimeType, mimeType => Asked(value, bundle, mimeType));
    }

    /// <summary>A value as plain text.</summary>
    /// <param name="value">The value.</param>
    public static string ToText(object? value) => Format(value).TryGetValue(MimeType.Text, out var text) ? text.ToString() : "";

    private static Dictionary<string, JsonNode> All(object? value)
    {
        if (KnownFormats.Of(value) is { } known) return known;
        if (value is not null && ConventionFormatters.Of(value) is { } conventional) return conventional;
        return GeneralFormat.Of(value);
    }

    private static JsonNode Asked(object? value, Dictionary<string, JsonNode> bundle, string mimeType)
    {
        if (bundle.TryGetValue(mimeType, out var form)) return form;
        return mimeType switch
        {
            MimeType.Html => $"<pre>{HtmlText.Escape(bundle[MimeType.Text].ToString())}</pre>",
            MimeType.Json => JsonSerializer.SerializeToNode(value) ?? JsonValue.Create("null"),
            _ => throw new ArgumentException($"{TypeNames.Of(value!.GetType())} cannot be shown as '{mimeType}', only as {string.Join(", ", bundle.Keys)}.", nameof(mimeType)),
        };
    }

    /// <summary>A form as a bundle holds it.</summary>
    internal static JsonNode Node(string mimeType, string data)
    {
        if (!MimeType.IsJson(mimeType)) return JsonValue.Create(data);
        try
        {
            return JsonNode.Parse(data) ?? JsonValue.Create("null");
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"What is shown as '{mimeType}' must be JSON, but is not: {error.Message}", nameof(data), error);
        }
    }
}
