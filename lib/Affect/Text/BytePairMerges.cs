namespace Affect.Text;

/// <summary>Which neighbours become one piece, and in which order.</summary>
/// <remarks>Sennrich et al., <em>Neural Machine Translation of Rare Words with Subword Units</em>, arXiv:1508.07909, section 3.2.</remarks>
internal sealed class BytePairMerges
{
    private const string Heading = "#version";

    private readonly Dictionary<(string Left, string Right), int> ranks = [];

    /// <param name="pairs">In the order of merging.</param>
    internal BytePairMerges(IEnumerable<(string Left, string Right)> pairs)
    {
        foreach (var pair in pairs) ranks.TryAdd(pair, ranks.Count);
    }

    /// <summary>The pairs in order.</summary>
    internal IEnumerable<(string Left, string Right)> Pairs => ranks.OrderBy(entry => entry.Value).Select(entry => entry.Key);

    /// <summary>Reads <c>merges.txt</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">A line does not hold two pieces.</exception>
    internal static BytePairMerges Read(string path)
    {
        var pairs = new List<(string, string)>();
        foreach (var (index, line) in TokenizerFile.Lines(path).Index())
        {
            if (line.Length == 0 || (index == 0 && line.StartsWith(Heading, StringComparison.Ordinal))) continue;
            pairs.Add(line.Split(' ') is [{ Length: > 0 } left, { Length: > 0 } right]
                ? (left, right)
                : throw new FormatException($"{path}:{index + 1}: must hold two pieces with a blank between, but is '{line}'."));
        }
        return new BytePairMerges(pairs);
    }

    /// <summary>The pairs as <c>merges.txt</c> has them.</summary>
    internal IEnumerable<string> Lines() => Pairs.Select(pair => $"{pair.Left} {pair.Right}");

    /// <summary>Writes <c>merges.txt</c>.</summary>
    internal void Write(string path) => AtomicFile.WriteText(path, $"{Heading}: 0.2\n" + string.Concat(Lines().Select(line => line + "\n")));

    /// <summary>Merges neighbours until none is left that may be: always the pair of lowest rank, from the left.</summary>
    /// <param name="pieces">The pieces to start from.</param>
    /// <returns>The pieces at the end, in order.</returns>
    internal List<string> Apply(string[] pieces)
    {
        string[] text = [.. pieces];
        var next = new int[text.Length];
        var previous = new int[text.Length];
        for (var i = 0; i < text.Length; i++) (next[i], previous[i]) = (i + 1, i - 1);
        // A queue rather than a search in every round: a word of a hundred thousand letters must not take minutes.
        var queue = new PriorityQueue<(int At, string Left, string Right), (int Rank, int At)>();
        for (var i = 0; i + 1 < text.Length; i++) Offer(i);
        while (queue.TryDequeue(out var pair, out _))
        {
            var right = next[pair.At];
            // What has been merged meanwhile is empty or longer.
            if (right >= text.Length || text[pair.At] != pair.Left || text[right] != pair.Right) continue;
            (text[pair.At], text[right]) = (pair.Left + pair.Right, "");
            next[pair.At] = next[right];
            if (next[right] < text.Length) previous[next[right]] = pair.At;
            if (previous[pair.At] >= 0) Offer(previous[pair.At]);
            Offer(pair.At);
        }
        return [.. text.Where(piece => piece.Length > 0)];

        void Offer(int at)
        {
            var right = next[at];
            if (right < text.Length && ranks.TryGetValue((text[at], text[right]), out var rank))
                queue.Enqueue((at, text[at], text[right]), (rank, at));
        }
    }
}
