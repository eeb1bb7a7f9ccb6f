namespace Affect.Pretraining;

/// <summary>Learns which neighbours to merge from how often words occur.</summary>
/// <remarks>Sennrich et al., arXiv:1508.07909, algorithm 1. Of pairs that are as frequent the first in ordinal order wins.</remarks>
internal static class BytePairLearner
{
    /// <summary>Learns merges.</summary>
    /// <param name="words">Each word's pieces to start from, and how often it occurs.</param>
    /// <param name="count">How many merges at most; fewer where no pair occurs twice any more.</param>
    internal static BytePairMerges Learn(IEnumerable<(string[] Pieces, int Count)> words, int count)
    {
        var current = words.Select(word => (Pieces: word.Pieces.ToList(), word.Count)).ToArray();
        var merges = new List<(string Left, string Right)>();
        while (merges.Count < count && MostFrequent(current) is { } pair)
        {
            merges.Add(pair);
            foreach (var (pieces, _) in current) Merge(pieces, pair);
        }
        return new BytePairMerges(merges);
    }

    private static (string Left, string Right)? MostFrequent((List<string> Pieces, int Count)[] words)
    {
        var counts = new Dictionary<(string Left, string Right), int>();
        foreach (var (pieces, count) in words)
            for (var i = 0; i + 1 < pieces.Count; i++)
                counts[(pieces[i], pieces[i + 1])] = counts.GetValueOrDefault((pieces[i], pieces[i + 1])) + count;
        return counts.Where(entry => entry.Value >= 2)
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key.Left, StringComparer.Ordinal)
            .ThenBy(entry => entry.Key.Right, StringComparer.Ordinal)
            .Select(entry => ((string Left, string Right)?)entry.Key)
            .FirstOrDefault();
    }

    private static void Merge(List<string> pieces, (string Left, string Right) pair)
    {
        for (var i = 0; i + 1 < pieces.Count; i++)
        {
            if (pieces[i] != pair.Left || pieces[i + 1] != pair.Right) continue;
            pieces[i] += pieces[i + 1];
            pieces.RemoveAt(i + 1);
        }
    }
}
