namespace Affect.Kernel.Notebooks;

/// <summary>
/// Writes a notebook's JSON as Jupyter does, so that a file changes only where its content does: sorted keys, an indent of one space.
/// </summary>
internal static class NotebookJson
{
    // A pair of halves is a character; half a character alone cannot be written as UTF-8.
    private static readonly Regex Special = new(@"[""\\\x00-\x1f]|[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]", RegexOptions.NonBacktracking);

    // A line ends where it does for Python's splitlines.
    private static readonly Regex Line = new(
        @"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])|[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+",
        RegexOptions.NonBacktracking);

    internal static string Write(JsonNode root)
    {
        var text = new StringBuilder();
        Write(text, root, 0);
        return text.Append('\n').ToString();
    }

    /// <summary>Text as a notebook holds it: a list of lines with their ends.</summary>
    internal static JsonArray Lines(string text) => [.. Line.Matches(text).Select(line => (JsonNode)line.Value)];

    /// <summary>The text of a list of lines, or of a string.</summary>
    internal static string Text(JsonNode? node) => node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)node ?? "";

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case JsonObject map:
                Write(text, "{}", [.. map.OrderBy(entry => entry.Key, StringComparer.Ordinal)], depth, entry =>
                {
                    text.Append(Quoted(entry.Key)).Append(": ");
                    Write(text, entry.Value, depth + 1);
                });
                break;
            case JsonArray list: Write(text, "[]", [.. list], depth, item => Write(text, item, depth + 1)); break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String: text.Append(Quoted(value.GetValue<string>())); break;
            default: text.Append(node?.ToJsonString() ?? "null"); break;
        }
    }

    private static void Write<T>(StringBuilder text, string brackets, T[] items, int depth, Action<T> write)
    {
        text.Append(brackets[0]);
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i > 0 ? ",\n" : "\n").Append(' ', depth + 1);
            write(items[i]);
        }
        if (items.Length > 0) text.Append('\n').Append(' ', depth);
        text.Append(brackets[1]);
    }

    private static string Quoted(string value) => $"\"{Special.Replace(value, match => match.Value switch
    {
        "\"" => "\\\"",
        "\\" => "\\\\",
        "\n" => "\\n",
        "\r" => "\\r",
        "\t" => "\\t",
        "\b" => "\\b",
        "\f" => "\\f",
        { Length: 2 } pair => pair,
        var other => FormattableString.Invariant($"\\u{(int)other[0]:x4}"),
    })}\"";
}
