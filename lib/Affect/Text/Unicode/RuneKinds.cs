namespace Affect.Text.Unicode;

/// <summary>The kinds of characters that tokenizers tell apart.</summary>
internal static class RuneKinds
{
    /// <summary>Regular expressions' <c>\s</c> as Python has it, which counts the four separators below the space too.</summary>
    internal static bool IsSpace(Rune rune) => rune.Value is >= 0x1C and <= 0x1F || Rune.IsWhiteSpace(rune);

    /// <summary>Control characters and others that cannot be seen; not tab, line feed and carriage return, which are space.</summary>
    internal static bool IsControl(Rune rune) => rune.Value is not ('\t' or '\n' or '\r') && Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    /// <summary>Unicode's punctuation and every sign of ASCII that is neither letter nor digit.</summary>
    internal static bool IsPunctuation(Rune rune) =>
        rune.IsAscii ? rune.Value > ' ' && rune.Value < 0x7F && !Rune.IsLetterOrDigit(rune) : Rune.IsPunctuation(rune);

    /// <summary>A Chinese character: of a block that holds no letters of other scripts, as Korean and Japanese syllables.</summary>
    internal static bool IsChinese(Rune rune) => rune.Value is
        (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);
}
