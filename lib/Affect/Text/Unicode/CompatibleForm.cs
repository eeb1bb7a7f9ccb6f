namespace Affect.Text.Unicode;

/// <summary>
/// Letters and digits that are others in another dress, undressed: ligatures, mathematical letters, letters in circles, raised and lowered digits,
/// Roman numerals. A part of Unicode's compatibility decomposition (NFKD), for telling that two names may be one; the framework has that form only
/// with ICU.
/// </summary>
internal static class CompatibleForm
{
    private const string Mathematical = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"; // U+1D400 to U+1D6A3, in thirteen styles

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];          // from U+FB00
    // from U+2160, small from U+2170
    private static readonly string[] Roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "L", "C", "D", "M"];

    internal static string Of(string name)
    {
        if (Ascii.IsValid(name)) return name;
        var plain = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes()) plain.Append(Undressed(rune.Value) ?? rune.ToString());
        return plain.ToString();
    }

    private static string? Undressed(int code) => code switch
    {
        0xAA => "a",
        0xBA => "o",
        0xB9 => "1",
        0xB2 or 0xB3 => Digit(code - 0xB0),
        0x2070 or (>= 0x2074 and <= 0x2079) => Digit(code - 0x2070),
        >= 0x2080 and <= 0x2089 => Digit(code - 0x2080),
        >= 0x2160 and <= 0x216F => Roman[code - 0x2160],
        >= 0x2170 and <= 0x217F => Roman[code - 0x2170].ToLowerInvariant(),
        >= 0x2460 and <= 0x2468 => Digit(code - 0x245F),
        >= 0x24B6 and <= 0x24CF => ((char)('A' + code - 0x24B6)).ToString(),
        >= 0x24D0 and <= 0x24E9 => ((char)('a' + code - 0x24D0)).ToString(),
        >= 0xFB00 and <= 0xFB06 => Ligatures[code - 0xFB00],
        >= 0x1D400 and <= 0x1D6A3 => Mathematical[(code - 0x1D400) % 52].ToString(),
        >= 0x1D7CE and <= 0x1D7FF => Digit((code - 0x1D7CE) % 10),
        _ => null,
    };

    private static string Digit(int value) => ((char)('0' + value)).ToString();
}
