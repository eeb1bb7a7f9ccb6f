namespace Affect.Text.Unicode;

/// <summary>
/// One spelling for what people take to be one name. The same letters come composed or taken apart, with characters that cannot be seen, with spaces
/// of several kinds, in full width, in capitals: a comparison code point by code point makes several people of one.
/// </summary>
internal static class NameForm
{
    private const int FullWidthFirst = 0xFF01;                                  // ! to ~ in the width of a Chinese character
    private const int FullWidthLast = 0xFF5E;
    private const int FullWidthOffset = 0xFEE0;
    private const int HalfWidthFirst = 0xFF66;

    // Katakana of half width, from U+FF66; the last two are marks that join the letter before.
    private const string HalfWidth = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u3099\u309A";

    /// <summary>The name as it is shown: composed (NFC), without what cannot be seen, one space between words and none around.</summary>
    internal static string Clean(string name)
    {
        if (IsClean(name)) return name;
        var clean = new StringBuilder(name.Length);
        var isSpaced = false;
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || IsBlank(rune))
            {
                isSpaced = clean.Length > 0;
                continue;
            }
            if (IsInvisible(rune)) continue;
            if (isSpaced) clean.Append(' ');
            isSpaced = false;
            clean.Append(rune.ToString());
        }
        return CanonicalForm.Compose(clean.ToString());
    }

    /// <summary>What names of one class have in common: <see cref="Clean"/>, widths made one. Capitals still differ.</summary>
    internal static string OfLabel(string name)
    {
        var clean = Clean(name);
        if (Ascii.IsValid(clean)) return clean;
        var plain = new StringBuilder(clean.Length);
        foreach (var letter in clean)
        {
            plain.Append((int)letter switch
            {
                >= FullWidthFirst and <= FullWidthLast => (char)(letter - FullWidthOffset),
                >= HalfWidthFirst and < HalfWidthFirst + 58 => HalfWidth[letter - HalfWidthFirst],
                _ => letter,
            });
        }
        return CanonicalForm.Compose(plain.ToString());
    }

    /// <summary>What names of one person have in common: <see cref="OfLabel"/>, capitals made small.</summary>
    internal static string OfPerson(string name)
    {
        var label = OfLabel(name);
        if (Ascii.IsValid(label)) return label.ToLowerInvariant();
        // Up and down again, so that letters with two small forms meet (the two sigmas). The i with and without dot are one: which is meant depends
        // on the language.
        var folded = label.ToUpperInvariant().ToLowerInvariant()
            .Replace("ß", "ss", StringComparison.Ordinal).Replace("ẞ", "ss", StringComparison.Ordinal)
            .Replace("\u0130", "i", StringComparison.Ordinal).Replace("i\u0307", "i", StringComparison.Ordinal).Replace('ı', 'i').Replace('ς', 'σ');
        return CanonicalForm.Compose(folded);
    }

    /// <summary>What names have in common that may be one person's: no marks, signs or leading zeros, letters that look the same made one.</summary>
    internal static string Loose(string name)
    {
        var loose = new StringBuilder(name.Length);
        var before = ' ';
        foreach (var letter in CanonicalForm.Decompose(OfPerson(CompatibleForm.Of(name))))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark) continue;
            var plain = char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) ? Latin(letter) : ' ';
            if (plain == ' ' && (before == ' ' || loose.Length == 0)) continue;
            if (loose.Length > 0 && loose[^1] == '0' && char.IsAsciiDigit(plain) && (loose.Length == 1 || !char.IsAsciiDigit(loose[^2])))
                loose.Length--;
            loose.Append(plain);
            before = plain;
        }
        return loose.ToString().TrimEnd();
    }

    /// <summary>The name with marks, odd spaces and whatever cannot be seen written as their numbers, as in <c>Jose\u0301</c>.</summary>
    internal static string Visible(string name)
    {
        if (IsClean(name)) return name;
        var visible = new StringBuilder(name.Length);
        for (var at = 0; at < name.Length; at++)
        {
            var letter = name[at];
            var isEdge = letter == ' ' && (at == 0 || at == name.Length - 1);
            var isHidden = letter != ' '
                && (char.IsWhiteSpace(letter) || (!char.IsSurrogate(letter) && (IsInvisible(new Rune(letter)) || IsBlank(new Rune(letter)))))
                || CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark;
            if (isEdge || isHidden) visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:X4}");
            else visible.Append(letter);
        }
        return visible.ToString();
    }

    /// <summary>In what two spellings of one name differ, in words; null where they are of different names.</summary>
    internal static string? Difference(string one, string other) =>
        one == other ? null
        : CanonicalForm.Compose(one) == CanonicalForm.Compose(other) ? "in how its letters are composed (Unicode NFC and NFD)"
        : Clean(one) == Clean(other) ? "in spaces or in characters that cannot be seen"
        : OfLabel(one) == OfLabel(other) ? "in the width of its letters"
        : OfPerson(one) == OfPerson(other) ? "in capitals"
        : null;

    private static bool IsClean(string name)
    {
        for (var at = 0; at < name.Length; at++)
            if (name[at] is < ' ' or > '~' || (name[at] == ' ' && (at == 0 || at == name.Length - 1 || name[at - 1] == ' '))) return false;
        return true;
    }

    // letters by their category, nothing to the eye
    private static bool IsBlank(Rune rune) => rune.Value is 0x2800 or 0x3164 or 0xFFA0 or 0x115F or 0x1160;

    // Format and control characters, and marks that only choose how the letter before is drawn.
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
        || rune.Value is 0x034F or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or 0x180B or 0x180C or 0x180D or 0x17B4 or 0x17B5;

    // Small letters of Greek and Cyrillic that are drawn as Latin ones.
    private static char Latin(char letter)
    {
        var place = "аеорсухіјѕκνορ".IndexOf(letter, StringComparison.Ordinal);
        return place < 0 ? letter : "aeopcyxijskvop"[place];
    }
}
