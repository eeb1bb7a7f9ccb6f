namespace Affect.Data;

/// <summary>Decodes UTF-8 strictly and says where it is not.</summary>
internal static class Utf8Text
{
    /// <summary>The text of a file, with or without a byte order mark.</summary>
    /// <exception cref="FormatException">The file is in another encoding; the message names line, byte and how to convert it.</exception>
    internal static string Decode(ReadOnlySpan<byte> bytes, string path)
    {
        if (PointerFile.Describe(bytes, bytes.Length) is { } problem) throw new FormatException($"{path} {problem}");
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
            throw new FormatException($"{path} must be UTF-8, but is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 '{path}' > converted.csv");
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        var line = 1;
        var lineStart = 0;
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out var rune, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                throw new FormatException(
                    $"{path}:{line}: must be UTF-8, but byte {at - lineStart + 1} of the line is 0x{bytes[at]:X2} (in Windows-1252 that is "
                    + $"'{Windows1252(bytes[at])}'); convert it: iconv -f WINDOWS-1252 -t UTF-8 '{path}' > converted.csv");
            }
            if (rune.Value == 0) throw new FormatException($"{path}:{line}: must be text, but byte {at - lineStart + 1} of the line is zero.");
            at += consumed;
            if (rune.Value == '\n') (line, lineStart) = (line + 1, at);
        }
        return Encoding.UTF8.GetString(bytes);
    }

    // 0x80 to 0x9F are where Windows-1252 differs from Latin-1; the runtime brings no such code page by itself.
    private static char Windows1252(byte value) =>
        value is >= 0x80 and <= 0x9F ? "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ"[value - 0x80] : (char)value;
}
