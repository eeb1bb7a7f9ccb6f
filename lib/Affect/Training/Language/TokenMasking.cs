using Affect.Data;
using Affect.Text;

namespace Affect.Training.Language;

/// <summary>Hides tokens for the network to name.</summary>
/// <remarks>Devlin et al., arXiv:1810.04805, section 3.1: of the chosen tokens 8 in 10 become the mask, 1 in 10 any other token, 1 in 10 stay.</remarks>
internal static class TokenMasking
{
    /// <summary>Chooses tokens of the text, at least one where there is one, and changes them in place.</summary>
    /// <param name="ids">The text's ids; changed.</param>
    /// <param name="isSpecial">Tokens that are never chosen.</param>
    /// <param name="share">The share of tokens to choose.</param>
    /// <param name="tokenizer">Knows the mask.</param>
    /// <param name="random">Decides.</param>
    /// <returns>The places chosen, ascending, and the ids that stood there.</returns>
    internal static (int[] Places, int[] Ids) Apply(int[] ids, IReadOnlyList<bool> isSpecial, double share, ITokenizer tokenizer, SeededRandom random)
    {
        var mask = tokenizer.MaskId ?? throw new ArgumentException("The tokenizer must have a mask token, but has none.", nameof(tokenizer));
        var words = Enumerable.Range(0, ids.Length).Where(place => !isSpecial[place]).ToArray();
        random.Shuffle(words.AsSpan());
        var count = Math.Min(words.Length, Math.Max(1, (int)((words.Length * share) + random.NextDouble())));
        int[] places = [.. words.Take(count).Order()];
        int[] original = [.. places.Select(place => ids[place])];
        foreach (var place in places)
        {
            var chance = random.NextDouble();
            if (chance < 0.8) ids[place] = mask;
            else if (chance < 0.9) ids[place] = random.Below(tokenizer.VocabularySize);
        }
        return (places, original);
    }
}
