namespace Affect.Kernel.Headless;

/// <summary>Writes a notebook's JSON as Jupyter does, so that a file changes only where its content does: sorted keys, an indent of one space.</summary>
internal static class NotebookJson
{
    internal static string Write(JsonNode root)
    {
        var text = new StringBuilder();
        Write(text, root, 0);
        return text.Append('\n').ToString();
    }

    /// <summary>Text as a notebook holds it: a list of lines with their ends.</summary>
    internal static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsBreak(text[i]) || text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') continue;
            lines.Add(text[start..(i + 1)]);
            start = i + 1;
        }
        if (start < text.Length) lines.Add(text[start..]);
        return lines;
    }

    /// <summary>The text of a list of lines, or of a string.</summary>
    internal static string Text(JsonNode? node) => node switch
    {
        null => "",
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        _ => (string?)node ?? "",
    };

    // What Python's splitlines takes for the end of a line.
    private static bool IsBreak(char c) => c is '\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029';

    private static void Write(StringBuilder text, JsonNode? node, int depth)
    {
        switch (node)
        {
            case null: text.Append("null"); break;
            case JsonObject map:
                Write(text, '{', '}', [.. map.OrderBy(entry => entry.Key, StringComparer.Ordinal)], depth, entry =>
                {
                    Write(text, entry.Key);
                    text.Append(": ");
                    Write(text, entry.Value, depth + 1);
                });
                break;
            case JsonArray list: Write(text, '[', ']', [.. list], depth, item => Write(text, item, depth + 1)); break;
            default:
                if (node.GetValueKind() == JsonValueKind.String) Write(text, node.GetValue<string>());
                else text.Append(node.ToJsonString());
                break;
        }
    }

    private static void Write<T>(StringBuilder text, char open, char close, T[] items, int depth, Action<T> write)
    {
        text.Append(open);
        for (var i = 0; i < items.Length; i++)
        {
            text.Append(i > 0 ? ",\n" : "\n").Append(' ', depth + 1);
            write(items[i]);
        }
        if (items.Length > 0) text.Append('\n').Append(' ', depth);
        text.Append(close);
    }

    private static void Write(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ': Escape(text, c); break;
                case var high when char.IsHighSurrogate(high) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]):
                    text.Append(high).Append(value[++i]);
                    break;
                // Half a character cannot be written as UTF-8.
                case var half when char.IsSurrogate(half): Escape(text, half); break;
                default: text.Append(c); break;
            }
        }
        text.Append('"');
    }

    private static void Escape(StringBuilder text, char c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
