namespace Affect.Text;

/// <summary>Reads a tokenizer's text files, and pieces of its JSON files.</summary>
internal static class TokenizerFile
{
    /// <summary>A file's lines, without their line feeds; an empty last one is none.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">It is not UTF-8.</exception>
    internal static string[] Lines(string path)
    {
        PointerFile.RequireWanted(path);
        // Only the line feed ends a line: tokens may hold other separators.
        var lines = RegularFile.ReadUtf8(path).Split('\n');
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        return [.. lines.Take(count).Select(line => line.EndsWith('\r') ? line[..^1] : line)];
    }

    /// <summary>The value, if it is a text; else null.</summary>
    internal static string? AsText(this JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The value, if it is a whole number; else null.</summary>
    internal static int? AsWholeNumber(this JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : null;

    /// <summary>True if the value is <c>true</c>.</summary>
    internal static bool IsTrue(this JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
