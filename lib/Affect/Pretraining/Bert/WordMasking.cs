namespace Affect.Pretraining.Bert;

/// <summary>Hides whole words for the network to name.</summary>
/// <remarks>
/// Devlin et al., arXiv:1810.04805, section 3.1: of what is chosen 8 in 10 become the mask, 1 in 10 something else, 1 in 10 stay. Words instead of tokens: the
/// reference's whole-word masking (google-research/bert, May 2019; Cui et al., arXiv:1906.08101), so that no piece gives the rest of its word away. Difference: what happens to a
/// word is drawn once for all its pieces.
/// </remarks>
internal static class WordMasking
{
    private const double Hidden = 0.8;
    private const double HiddenOrReplaced = 0.9;

    /// <summary>Chooses words of a text, at least one where there is one, and changes their tokens in place.</summary>
    /// <param name="ids">The text's ids; changed.</param>
    /// <param name="words">Each token's word, ascending; -1 for tokens that are never chosen.</param>
    /// <param name="share">The share of words to choose.</param>
    /// <param name="tokenizer">Knows the mask.</param>
    /// <param name="random">Decides.</param>
    /// <returns>The places chosen, ascending, and the ids that stood there.</returns>
    /// <exception cref="ArgumentException">The tokenizer has no mask.</exception>
    internal static (int[] Places, int[] Ids) Apply(int[] ids, IReadOnlyList<int> words, double share, ITokenizer tokenizer, SeededRandom random)
    {
        var mask = tokenizer.MaskId ?? throw new ArgumentException("The tokenizer must have a mask token, but has none.", nameof(tokenizer));
        int[][] places = [.. Enumerable.Range(0, ids.Length).Where(place => words[place] >= 0).GroupBy(place => words[place]).Select(word => word.ToArray())];
        random.Shuffle(places.AsSpan());
        var count = Math.Min(places.Length, Math.Max(1, (int)((places.Length * share) + random.NextDouble())));
        var chosen = places.Take(count).OrderBy(word => word[0]).ToArray();
        int[] original = [.. chosen.SelectMany(word => word).Select(place => ids[place])];
        foreach (var word in chosen)
        {
            var chance = random.NextDouble();
            foreach (var place in word)
            {
                if (chance < Hidden) ids[place] = mask;
                else if (chance < HiddenOrReplaced) ids[place] = random.Below(tokenizer.VocabularySize);
            }
        }
        return ([.. chosen.SelectMany(word => word)], original);
    }
}
