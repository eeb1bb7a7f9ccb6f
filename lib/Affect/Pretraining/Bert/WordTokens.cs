namespace Affect.Pretraining.Bert;

/// <summary>A text's tokens, and which of them make up one word.</summary>
/// <param name="List">The tokens.</param>
/// <param name="Words">For each token the number of its word, from 0; -1 for special tokens.</param>
internal sealed record WordTokens(TokenList List, IReadOnlyList<int> Words)
{
    // Letters and digits, with what joins them inside a word (matter-of-fact, don't); any other mark is a word of its own.
    private static readonly Regex Whole = new(@"[\p{L}\p{M}\p{N}]+(?:[-'’][\p{L}\p{M}\p{N}]+)*|\S", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>Cuts a text into words, and these into tokens.</summary>
    /// <param name="tokenizer">One that cuts each word without regard to its neighbours, as BERT's does.</param>
    /// <param name="text">The text.</param>
    /// <param name="maxLength">The most tokens, special ones included.</param>
    /// <exception cref="ArgumentException">The text's tokens are not those of its words, one after the other.</exception>
    internal static WordTokens Of(ITokenizer tokenizer, string text, int maxLength)
    {
        var list = tokenizer.Encode(text, maxLength: maxLength);
        var owners = new Queue<(int Word, int Id)>();
        foreach (var (number, word) in Whole.Matches(text).Select(match => match.Value).Index())
        {
            var pieces = tokenizer.Encode(word);
            foreach (var (id, isSpecial) in pieces.Ids.Zip(pieces.IsSpecial))
                if (!isSpecial) owners.Enqueue((number, id));
        }
        var words = new int[list.Ids.Count];
        for (var token = 0; token < words.Length; token++)
        {
            if (list.IsSpecial[token])
            {
                words[token] = -1;
                continue;
            }
            if (!owners.TryDequeue(out var owner) || owner.Id != list.Ids[token])
                throw new ArgumentException($"tokenizer must cut each word of a text by itself, but of '{text}' it makes other tokens than of its words.", nameof(tokenizer));
            words[token] = owner.Word;
        }
        return owners.Count == list.Truncated
            ? new WordTokens(list, words)
            : throw new ArgumentException($"tokenizer must cut each word of a text by itself, but of '{text}' it makes {owners.Count - list.Truncated} tokens fewer than of its words.", nameof(tokenizer));
    }
}
