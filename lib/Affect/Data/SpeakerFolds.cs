namespace Affect.Data;

/// <summary>Divides labelled clips into folds by whole speakers, such that the folds are of like size and like classes.</summary>
/// <remarks>
/// What is made small is the sum of squared sizes of each fold, in all and per class, each relative to the equal share; the total weighs as much as all classes
/// together.
/// </remarks>
internal sealed class SpeakerFolds
{
    private const double Least = 1e-9;

    // How far a speaker's turn may move from the order of sizes, so that another seed gives another division of equally good balance.
    private const double Jitter = 0.3;

    private readonly int[][] speakers;
    private readonly int[] foldOf;
    private readonly int[][] filled;
    private readonly int[] members;
    private readonly double[] weights;
    private readonly double totalWeight;

    // speakers: clips per class of each one.
    private SpeakerFolds(int[][] speakers, int folds)
    {
        this.speakers = speakers;
        var classes = speakers[0].Length;
        filled = [.. Enumerable.Range(0, folds).Select(_ => new int[classes])];
        members = new int[folds];
        foldOf = new int[speakers.Length];
        var share = Enumerable.Range(0, classes).Select(label => speakers.Sum(counts => counts[label]) / (double)folds).ToArray();
        var present = share.Count(size => size > 0);
        weights = [.. share.Select(size => size > 0 ? 1 / (size * size * present) : 0)];
        totalWeight = 1 / (share.Sum() * share.Sum());
    }

    /// <summary>Divides labelled clips of a corpus, given as indices, into at least two folds.</summary>
    internal static Fold[] Divide(Corpus corpus, IReadOnlyList<int> clips, int count, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        // In ordinal order, which is independent of the manifest's.
        var bySpeaker = clips.GroupBy(clip => corpus.Clips[clip].Speaker, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        if (bySpeaker.Length < count)
        {
            throw new ArgumentException(
                $"{corpus.Name} has {bySpeaker.Length} speakers with labelled clips, too few for {count} speaker-disjoint folds: ask for at most {bySpeaker.Length}.", nameof(count));
        }
        var folds = new SpeakerFolds([.. bySpeaker.Select(corpus.ClassCounts)], count);
        folds.Fill(new SeededRandom(seed));
        return
        [
            .. Enumerable.Range(0, count).Select(fold =>
            {
                int[] held = [.. bySpeaker.Where((_, speaker) => folds.foldOf[speaker] == fold).SelectMany(group => group).Order()];
                return new Fold { Index = fold, Held = held, Train = [.. clips.Except(held).Order()] };
            }),
        ];
    }

    // Greedy (big speakers first, each where the imbalance grows least), then single moves and swaps while they help.
    private void Fill(SeededRandom random)
    {
        int[] order =
        [
            .. Enumerable.Range(0, speakers.Length).Select(speaker => (Speaker: speaker, Key: speakers[speaker].Sum() * (1 + Jitter * random.NextDouble())))
                .OrderByDescending(item => item.Key).Select(item => item.Speaker),
        ];
        foreach (var (turn, speaker) in order.Index())
        {
            var mustFillEmpty = order.Length - turn <= members.Count(size => size == 0); // no fold may go without a speaker
            Place(speaker, Enumerable.Range(0, filled.Length)
                .Where(fold => !mustFillEmpty || members[fold] == 0)
                .MinBy(fold => Cost(fold, add: speaker) - Cost(fold)));
        }
        while (TryImprove(order))
        {
            // Every step lowers the cost, so this ends.
        }
    }

    // Makes the first move or swap, in the given order of speakers, that lowers the cost; false where none does.
    private bool TryImprove(int[] order)
    {
        foreach (var speaker in order)
        {
            var from = foldOf[speaker];
            for (var to = 0; to < filled.Length; to++)
            {
                if (to == from || members[from] == 1) continue;
                if (Cost(from, take: speaker) + Cost(to, add: speaker) >= Cost(from) + Cost(to) - Least) continue;
                Take(speaker);
                Place(speaker, to);
                return true;
            }
            foreach (var other in order)
            {
                var to = foldOf[other];
                if (to == from || Cost(from, add: other, take: speaker) + Cost(to, add: speaker, take: other) >= Cost(from) + Cost(to) - Least) continue;
                Take(speaker);
                Take(other);
                Place(speaker, to);
                Place(other, from);
                return true;
            }
        }
        return false;
    }

    private void Place(int speaker, int fold)
    {
        foldOf[speaker] = fold;
        Count(speaker, 1);
    }

    private void Take(int speaker) => Count(speaker, -1);

    private void Count(int speaker, int times)
    {
        var fold = foldOf[speaker];
        members[fold] += times;
        for (var label = 0; label < weights.Length; label++) filled[fold][label] += times * speakers[speaker][label];
    }

    private double Cost(int fold, int add = -1, int take = -1)
    {
        double cost = 0, total = 0;
        for (var label = 0; label < weights.Length; label++)
        {
            double size = filled[fold][label] + (add >= 0 ? speakers[add][label] : 0) - (take >= 0 ? speakers[take][label] : 0);
            cost += weights[label] * size * size;
            total += size;
        }
        return cost + totalWeight * total * total;
    }
}
