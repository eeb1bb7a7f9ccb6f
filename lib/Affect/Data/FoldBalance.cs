namespace Affect.Data;

/// <summary>
/// How far folds are from equal shares: the sum of squared sizes of each fold, in all and per class, each relative to the equal share;
/// the total weighs as much as all classes together.
/// </summary>
internal sealed class FoldBalance
{
    private const double Least = 1e-9;

    private readonly int[][] speakers;
    private readonly int[][] filled;
    private readonly int[] members;
    private readonly double[] weights;
    private readonly double totalWeight;

    /// <param name="speakers">Clips per class of each speaker.</param>
    /// <param name="folds">How many folds there are.</param>
    internal FoldBalance(int[][] speakers, int folds)
    {
        this.speakers = speakers;
        var classes = speakers[0].Length;
        filled = [.. Enumerable.Range(0, folds).Select(_ => new int[classes])];
        members = new int[folds];
        Assigned = new int[speakers.Length];
        var share = Enumerable.Range(0, classes).Select(label => speakers.Sum(counts => counts[label]) / (double)folds).ToArray();
        var present = share.Count(size => size > 0);
        weights = [.. share.Select(size => size > 0 ? 1 / (size * size * present) : 0)];
        totalWeight = 1 / (share.Sum() * share.Sum());
    }

    /// <summary>Each speaker's fold.</summary>
    internal int[] Assigned { get; }

    internal int EmptyFolds => members.Count(size => size == 0);

    internal bool IsEmpty(int fold) => members[fold] == 0;

    internal double CostOfPlacing(int speaker, int fold) => Cost(fold, add: speaker) - Cost(fold);

    internal void Place(int speaker, int fold)
    {
        Assigned[speaker] = fold;
        members[fold]++;
        for (var label = 0; label < weights.Length; label++) filled[fold][label] += speakers[speaker][label];
    }

    /// <summary>Makes the first move or swap, in the given order of speakers, that lowers the cost; false where none does.</summary>
    internal bool TryImprove(int[] order)
    {
        foreach (var speaker in order)
        {
            var from = Assigned[speaker];
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
                var to = Assigned[other];
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

    private void Take(int speaker)
    {
        var fold = Assigned[speaker];
        members[fold]--;
        for (var label = 0; label < weights.Length; label++) filled[fold][label] -= speakers[speaker][label];
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
