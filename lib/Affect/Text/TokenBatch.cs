namespace Affect.Text;

/// <summary>Texts as token ids, padded at the end to one length.</summary>
public sealed class TokenBatch : IDisposable
{
    /// <summary>Lays lists side by side; the tensors belong to the current dispose scope.</summary>
    /// <param name="lists">At least one.</param>
    /// <param name="padId">The id that fills the end of shorter ones.</param>
    /// <param name="length">The length of all of them; null: that of the longest.</param>
    /// <exception cref="ArgumentException">There is no list, or one is longer than <paramref name="length"/>.</exception>
    public TokenBatch(IReadOnlyList<TokenList> lists, int padId, int? length = null)
    {
        Require.NotEmpty(lists);
        var longest = lists.Max(list => list.Ids.Count);
        var width = length ?? longest;
        if (longest > width) throw new ArgumentException($"length must be at least that of the longest text, {longest} tokens, but is {width}.", nameof(length));
        var (ids, mask, types, words) = (new long[lists.Count * width], new long[lists.Count * width], new long[lists.Count * width], new long[lists.Count * width]);
        Array.Fill(ids, padId);
        for (var row = 0; row < lists.Count; row++)
        {
            var list = lists[row];
            for (var token = 0; token < list.Ids.Count; token++)
            {
                var at = (row * width) + token;
                ids[at] = list.Ids[token];
                mask[at] = 1;
                types[at] = list.Types[token];
                words[at] = list.IsSpecial[token] ? 0 : 1;
            }
        }
        long[] shape = [lists.Count, width];
        Ids = tensor(ids, shape, dtype: ScalarType.Int64);
        Mask = tensor(mask, shape, dtype: ScalarType.Int64);
        Types = tensor(types, shape, dtype: ScalarType.Int64);
        TextMask = tensor(words, shape, dtype: ScalarType.Int64);
    }

    /// <summary><c>[batch, tokens]</c>, Int64: the token ids.</summary>
    public Tensor Ids { get; }

    /// <summary><c>[batch, tokens]</c>, Int64: 1 = valid, 0 = padding.</summary>
    public Tensor Mask { get; }

    /// <summary><c>[batch, tokens]</c>, Int64: which text of a pair a token belongs to.</summary>
    public Tensor Types { get; }

    /// <summary><c>[batch, tokens]</c>, Int64: 1 = a token of the text, 0 = padding, or a special token around it.</summary>
    public Tensor TextMask { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Ids.Dispose();
        Mask.Dispose();
        Types.Dispose();
        TextMask.Dispose();
    }
}
