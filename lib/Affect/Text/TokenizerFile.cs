namespace Affect.Text;

/// <summary>Reads a tokenizer's text files, with errors that name the file.</summary>
internal static class TokenizerFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A file's lines, without their line feeds; an empty last one is none.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">It is not UTF-8.</exception>
    internal static string[] Lines(string path)
    {
        // Only the line feed ends a line: tokens may hold other separators.
        var lines = Text(path).Split('\n');
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        return [.. lines.Take(count).Select(line => line.EndsWith('\r') ? line[..^1] : line)];
    }

    /// <summary>A JSON object.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">It is not UTF-8 or not a JSON object.</exception>
    internal static JsonObject Object(string path)
    {
        try
        {
            return JsonNode.Parse(Text(path), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject
                ?? throw new FormatException($"{path} must hold a JSON object.");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} is not valid JSON ({error.Message})", error);
        }
    }

    private static string Text(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"{path} does not exist.", path);
        PointerFile.Refuse(path);
        try
        {
            return Strict.GetString(RegularFile.ReadAllBytes(path));
        }
        catch (DecoderFallbackException error)
        {
            throw new FormatException($"{path} must be UTF-8 ({error.Message})", error);
        }
    }
}
