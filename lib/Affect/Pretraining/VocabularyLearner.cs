namespace Affect.Pretraining;

/// <summary>Makes the vocabulary of a small model of one's own from a list of texts.</summary>
public static class VocabularyLearner
{
    private const string Printable = "abcdefghijklmnopqrstuvwxyz0123456789!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>A tokenizer of CLIP's kind: the 256 bytes, inside a word and at its end, and merges learned from the texts.</summary>
    /// <param name="texts">What to learn from.</param>
    /// <param name="size">How many tokens at most; at least 514, the bytes and the two special tokens.</param>
    /// <param name="maxLength">The most tokens of a text, special ones included.</param>
    /// <remarks>Its end token has the largest id, by which CLIP finds the end of a text.</remarks>
    public static CLIPTokenizer CLIP(IEnumerable<string> texts, int size, int maxLength = CLIPTokenizer.Context)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Require.AtLeast(514, size, nameof(size));
        var words = texts.SelectMany(CLIPTokenizer.Words).CountBy(word => word);
        var merges = BytePairLearner.Learn(words.Select(word => (CLIPTokenizer.Letters(word.Key), word.Value)), size - 514);
        var bytes = ByteAlphabet.InListOrder;
        string[] tokens =
        [
            .. bytes, .. bytes.Select(letter => letter + CLIPTokenizer.WordEnd), .. merges.Pairs.Select(pair => pair.Left + pair.Right),
            CLIPTokenizer.DefaultRoles.Start.Content, CLIPTokenizer.DefaultRoles.End.Content,
        ];
        return new CLIPTokenizer(new Vocabulary(tokens), merges, CLIPTokenizer.DefaultRoles, maxLength);
    }

    /// <summary>A tokenizer of BERT's kind: every character of the texts and of ASCII, then whole words, the frequent ones first.</summary>
    /// <param name="texts">What to learn from.</param>
    /// <param name="size">How many tokens at most; what the characters need is taken anyway.</param>
    /// <param name="leastCount">How often a word must occur to be a token.</param>
    /// <param name="maxLength">The most tokens of a text, special ones included.</param>
    public static BertTokenizer Words(IEnumerable<string> texts, int size, int leastCount = 2, int maxLength = 512)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Require.AtLeast(1, size, nameof(size));
        Require.AtLeast(1, leastCount, nameof(leastCount));
        var basic = new BasicTokenizer();
        var counts = texts.SelectMany(basic.Words).CountBy(word => word).ToArray();
        var letters = Printable.EnumerateRunes().Concat(counts.SelectMany(word => word.Key.EnumerateRunes())).Select(rune => rune.ToString())
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        var tokens = new List<string>(BertTokenizer.DefaultRoles.Ordered);
        tokens.AddRange(letters);
        tokens.AddRange(letters.Select(letter => "##" + letter));
        var words = counts.Where(word => word.Value >= leastCount && !letters.Contains(word.Key))
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Select(word => word.Key);
        tokens.AddRange(words.Take(Math.Max(0, size - tokens.Count)));
        return BertTokenizer.Of(new Vocabulary(tokens), maxLength: maxLength);
    }
}
