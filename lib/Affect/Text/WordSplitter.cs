namespace Affect.Text;

/// <summary>Cuts a text into the words inside which bytes are merged.</summary>
/// <remarks>
/// By hand rather than by regular expression: the runtime's expressions take characters beyond the first 65,536 for two signs.
/// Expressions of GPT-2 (RoBERTa) and CLIP: transformers 4.46, models/gpt2 and models/clip.
/// </remarks>
internal static class WordSplitter
{
    private static readonly string[] Endings = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    private enum Kind
    {
        Letter,
        Number,
        Space,
        Other,
    }

    /// <summary><c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>: a blank belongs to the word after it.</summary>
    internal static IEnumerable<Range> Gpt(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = Ending(text, at, StringComparison.Ordinal);
            if (end == at)
            {
                var from = text[at] == ' ' && at + 1 < text.Length && KindAt(text, at + 1) != Kind.Space ? at + 1 : at;
                end = RunEnd(text, from);
                // Space before a word gives its last character to it, or stands alone if it is one character.
                if (KindAt(text, from) == Kind.Space && end < text.Length && end - at > 1) end--;
            }
            yield return at..end;
            at = end;
        }
    }

    /// <summary><c>'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+</c>, capitals or not; space is left out.</summary>
    internal static IEnumerable<Range> Clip(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var kind = KindAt(text, at);
            var end = Ending(text, at, StringComparison.OrdinalIgnoreCase);
            if (end == at) end = kind == Kind.Number ? at + RuneAt(text, at).Utf16SequenceLength : RunEnd(text, at);
            if (kind != Kind.Space) yield return at..end;
            at = end;
        }
    }

    private static int Ending(string text, int at, StringComparison comparison)
    {
        foreach (var ending in Endings)
            if (text.AsSpan(at).StartsWith(ending, comparison)) return at + ending.Length;
        return at;
    }

    private static int RunEnd(string text, int from)
    {
        var kind = KindAt(text, from);
        var end = from;
        while (end < text.Length && KindAt(text, end) == kind) end += RuneAt(text, end).Utf16SequenceLength;
        return end;
    }

    private static Kind KindAt(string text, int at)
    {
        var rune = RuneAt(text, at);
        return Rune.IsLetter(rune) ? Kind.Letter : Rune.IsNumber(rune) ? Kind.Number : RuneKinds.IsSpace(rune) ? Kind.Space : Kind.Other;
    }

    private static Rune RuneAt(string text, int at) => Rune.TryGetRuneAt(text, at, out var rune) ? rune : Rune.ReplacementChar;
}
