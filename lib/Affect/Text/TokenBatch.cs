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
        if (longest > width)
            throw new ArgumentException($"length must be at least that of the longest text, {longest} tokens, but is {width}.", nameof(length));
        Ids = Padded(list => list.Ids, padId);
        Mask = Padded(list => list.Ids.Select(_ => 1), 0);
        Types = Padded(list => list.Types, 0);
        TextMask = Padded(list => list.IsSpecial.Select(isSpecial => isSpecial ? 0 : 1), 0);

        Tensor Padded(Func<TokenList, IEnumerable<int>> values, long fill)
        {
            var rows = new long[lists.Count * width];
            Array.Fill(rows, fill);
            foreach (var (row, list) in lists.Index())
                foreach (var (at, value) in values(list).Index()) rows[row * width + at] = value;
            return tensor(rows, [lists.Count, width], dtype: ScalarType.Int64);
        }
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
