namespace Affect.Text.Unicode;

/// <summary>Small letters as Unicode's full mapping has them, which is what the original tokenizers use.</summary>
/// <remarks>Unicode Standard, section 5.18 and SpecialCasing.txt: the two cases in which it differs from the runtime's letter by letter.</remarks>
internal static class LowerCase
{
    private const char DottedCapitalI = '\u0130';
    private const char CapitalSigma = '\u03A3';

    /// <summary>The text in small letters.</summary>
    internal static string Of(string text)
    {
        var lower = text.ToLowerInvariant();
        if (Ascii.IsValid(text) || text.AsSpan().IndexOfAny(DottedCapitalI, CapitalSigma) < 0) return lower;
        var result = new StringBuilder(text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            result.Append(text[i] switch
            {
                DottedCapitalI => "i\u0307",
                CapitalSigma => IsFinal(text, i) ? "\u03C2" : "\u03C3",
                _ => lower[i].ToString(),
            });
        }
        return result.ToString();
    }

    // After a letter and not before one, marks aside.
    private static bool IsFinal(string text, int at)
    {
        var (before, after) = (at - 1, at + 1);
        while (before >= 0 && IsMark(text[before])) before--;
        while (after < text.Length && IsMark(text[after])) after++;
        return before >= 0 && char.IsLetter(text[before]) && (after >= text.Length || !char.IsLetter(text[after]));
    }

    private static bool IsMark(char letter) => letter is '\'' or '.' or ':' || CharUnicodeInfo.GetUnicodeCategory(letter) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter;
}
