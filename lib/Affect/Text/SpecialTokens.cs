namespace Affect.Text;

/// <summary>The special tokens of a vocabulary, and where they stand in a text.</summary>
public sealed class SpecialTokens
{
    private readonly SpecialToken[] tokens; // the longest first, so that it wins where two begin at one place

    /// <param name="tokens">Each content once; a later one of the same content is left out.</param>
    public SpecialTokens(IEnumerable<SpecialToken> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        this.tokens = [.. tokens.DistinctBy(token => token.Content).OrderByDescending(token => token.Content.Length)];
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<SpecialToken> All => tokens;

    /// <summary>Cuts a text at its special tokens.</summary>
    /// <returns>Pieces of text and special tokens in order; no piece is empty.</returns>
    internal IEnumerable<(string Text, bool IsSpecial)> Split(string text)
    {
        var from = 0;
        for (var at = 0; at < text.Length;)
        {
            if (Find(text, at) is not { } token)
            {
                at++;
                continue;
            }
            var before = text[from..at];
            if (token.TakesSpaceBefore) before = before.TrimEnd();
            if (before.Length > 0) yield return (before, false);
            yield return (token.Content, true);
            at += token.Content.Length;
            while (token.TakesSpaceAfter && at < text.Length && char.IsWhiteSpace(text[at])) at++;
            from = at;
        }
        if (from < text.Length) yield return (text[from..], false);
    }

    private SpecialToken? Find(string text, int at)
    {
        foreach (var token in tokens)
            if (string.CompareOrdinal(text, at, token.Content, 0, token.Content.Length) == 0) return token;
        return null;
    }
}
