namespace Affect.Text;

/// <summary>Cleans a text and cuts it into words: the first of BERT's two steps.</summary>
/// <remarks>
/// Devlin et al., <em>BERT</em>, arXiv:1810.04805; reference: transformers 4.46, <c>BasicTokenizer</c> (also the first step of its CLIP tokenizer
/// where ftfy is not installed).
/// </remarks>
internal sealed record BasicTokenizer
{
    /// <summary>Whether capital letters become small ones.</summary>
    internal bool LowersCase { get; init; } = true;

    /// <summary>Whether accents are taken off; null: where capitals become small.</summary>
    internal bool? StripsAccents { get; init; }

    /// <summary>Whether each Chinese character is a word of its own.</summary>
    internal bool SplitsChinese { get; init; } = true;

    /// <summary>Whether each punctuation mark is a word of its own.</summary>
    internal bool SplitsPunctuation { get; init; } = true;

    /// <summary>The words of a text.</summary>
    internal IEnumerable<string> Words(string text)
    {
        foreach (var rough in CanonicalForm.Compose(Clean(text)).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var word = LowersCase ? LowerCase.Of(rough) : rough;
            if (StripsAccents ?? LowersCase) word = WithoutAccents(word);
            if (!SplitsPunctuation)
            {
                if (word.Length > 0) yield return word;
                continue;
            }
            foreach (var part in AtPunctuation(word)) yield return part;
        }
    }

    // Space of any kind becomes a blank, what cannot be seen goes, and blanks stand around Chinese characters.
    private string Clean(string text)
    {
        var clean = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is 0 or 0xFFFD || RuneKinds.IsControl(rune)) continue;
            if (RuneKinds.IsSpace(rune)) clean.Append(' ');
            else if (SplitsChinese && RuneKinds.IsChinese(rune)) clean.Append(' ').Append(rune).Append(' ');
            else clean.Append(rune);
        }
        return clean.ToString();
    }

    private static string WithoutAccents(string word)
    {
        if (Ascii.IsValid(word)) return word;
        var bare = new StringBuilder(word.Length);
        foreach (var rune in CanonicalForm.Decompose(word).EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark) bare.Append(rune);
        return bare.ToString();
    }

    private static IEnumerable<string> AtPunctuation(string word)
    {
        var (from, at) = (0, 0);
        foreach (var rune in word.EnumerateRunes())
        {
            if (RuneKinds.IsPunctuation(rune))
            {
                if (at > from) yield return word[from..at];
                yield return rune.ToString();
                from = at + rune.Utf16SequenceLength;
            }
            at += rune.Utf16SequenceLength;
        }
        if (word.Length > from) yield return word[from..];
    }
}
