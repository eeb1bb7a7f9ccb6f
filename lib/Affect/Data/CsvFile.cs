namespace Affect.Data;

/// <summary>Reads csv files as they must be (RFC 4180, UTF-8); every complaint names file and line.</summary>
internal static class CsvFile
{
    /// <summary>The rows and the lines where they begin (a quoted field may span lines); rows of nothing but commas, as spreadsheets leave them at the end, are passed over.</summary>
    /// <exception cref="FormatException">The file is in another encoding, or a quote is not as it must be.</exception>
    internal static IEnumerable<(int Line, string[] Fields)> Read(string path)
    {
        using var csv = CsvReader.Create(
            Encoding.UTF8.GetBytes(Decode(RegularFile.ReadAllBytes(path), path)),
            new CsvReaderOptions { Separator = ',', HasHeader = false, TrackLineNumbers = true, MalformedData = CsvMalformedDataHandling.Throw });
        while (true)
        {
            string[] fields;
            try
            {
                if (!csv.Read()) yield break;
                fields = csv.Current.ToArray();
            }
            catch (CsvFormatException error)
            {
                throw new FormatException(
                    $"{path}:{error.LineNumber}: a quote must enclose a whole field, be doubled inside it and be closed ({error.Message.TrimEnd('.')}).", error);
            }
            if (!fields.All(string.IsNullOrWhiteSpace)) yield return ((int)csv.LineNumber, fields);
        }
    }

    // Strictly, with or without a byte order mark.
    private static string Decode(ReadOnlySpan<byte> bytes, string path)
    {
        if (PointerFile.Describe(bytes, bytes.Length) is { } problem) throw new FormatException($"{path} {problem}");
        if (bytes.StartsWith<byte>([0xFF, 0xFE]) || bytes.StartsWith<byte>([0xFE, 0xFF]))
            throw new FormatException($"{path} must be UTF-8, but is UTF-16; convert it: iconv -f UTF-16 -t UTF-8 '{path}' > converted.csv");
        if (bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        var (line, lineStart) = (1, 0);
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out var rune, out var consumed) != OperationStatus.Done)
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
