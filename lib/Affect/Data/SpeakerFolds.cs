namespace Affect.Data;

/// <summary>Divides labelled clips into folds by whole speakers.</summary>
internal static class SpeakerFolds
{
    // How far a speaker's turn may move from the order of sizes, so that another seed gives another division of equally good balance.
    private const double Jitter = 0.3;

    internal static IReadOnlyList<Fold> Divide(Corpus corpus, Func<Clip, bool> isDivided, int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        var members = Enumerable.Range(0, corpus.Clips.Count).Where(index => isDivided(corpus.Clips[index])).ToArray();
        var speakers = members.GroupBy(index => corpus.Clips[index].Speaker, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)                // independent of the manifest's order
            .Select(group => (Indices: group.ToArray(), Counts: CountClasses(corpus, group)))
            .ToArray();
        if (speakers.Length < count)
        {
            throw new ArgumentException(
                $"{corpus.Name} has {speakers.Length} speakers with labelled clips, too few for {count} speaker-disjoint folds: ask for at most {speakers.Length}.",
                nameof(count));
        }

        var assigned = Assign([.. speakers.Select(speaker => speaker.Counts)], count, new SeededRandom(seed));
        var folds = new Fold[count];
        for (var fold = 0; fold < count; fold++)
        {
            var held = speakers.Where((_, speaker) => assigned[speaker] == fold).SelectMany(speaker => speaker.Indices).Order().ToArray();
            folds[fold] = new Fold { Index = fold, Held = held, Train = [.. members.Except(held).Order()] };
        }
        return folds;
    }

    // Greedy (big speakers first, each where the imbalance grows least), then single moves and swaps while they help.
    private static int[] Assign(int[][] speakers, int count, SeededRandom random)
    {
        var balance = new FoldBalance(speakers, count);
        var order = Enumerable.Range(0, speakers.Length)
            .Select(speaker => (Speaker: speaker, Key: speakers[speaker].Sum() * (1 + Jitter * random.NextDouble())))
            .OrderByDescending(item => item.Key).Select(item => item.Speaker).ToArray();
        for (var turn = 0; turn < order.Length; turn++)
        {
            var mustFillEmpty = order.Length - turn <= balance.EmptyFolds;      // no fold may go without a speaker
            var best = Enumerable.Range(0, count)
                .Where(fold => !mustFillEmpty || balance.IsEmpty(fold))
                .MinBy(fold => balance.CostOfPlacing(order[turn], fold));
            balance.Place(order[turn], best);
        }
        while (balance.TryImprove(order))
        {
            // Every step lowers the cost, so this ends.
        }
        return balance.Assigned;
    }

    private static int[] CountClasses(Corpus corpus, IEnumerable<int> indices)
    {
        var counts = new int[corpus.Emotions.Count];
        foreach (var index in indices) counts[corpus.Labels[index]]++;
        return counts;
    }
}
