namespace Affect.Alignment;

/// <summary>How well clips' pictures find their own sound among the sounds of many clips.</summary>
public sealed record RetrievalScore
{
    /// <summary>Each clip's rank, from 1: one more than the sounds that lie nearer to its pictures than its own, and half of those that lie as near.</summary>
    public required IReadOnlyList<double> Ranks { get; init; }

    /// <summary>How many sounds each clip chooses from, its own included.</summary>
    public required IReadOnlyList<int> Candidates { get; init; }

    /// <summary>The share of clips whose own sound is the nearest.</summary>
    public double RecallAt1 => RecallAt(1);

    /// <summary>The share of clips whose own sound is among the five nearest.</summary>
    public double RecallAt5 => RecallAt(5);

    /// <summary>The middle rank.</summary>
    public double MedianRank => Median([.. Ranks]);

    /// <summary>The mean of 1 / rank: 1 if all are found at once.</summary>
    public double MeanReciprocalRank => Ranks.Average(rank => 1 / rank);

    /// <summary>What choosing blindly gives: the expected share found among the first k, and the expected middle rank.</summary>
    public (double RecallAt1, double RecallAt5, double MedianRank) Chance =>
        (Candidates.Average(count => 1.0 / count), Candidates.Average(count => Math.Min(1, 5.0 / count)), Median([.. Candidates.Select(count => (count + 1) / 2.0)]));

    /// <summary>The share of clips whose own sound is among the k nearest.</summary>
    public double RecallAt(int k) => Ranks.Average(rank => rank <= k ? 1.0 : 0.0);

    /// <summary>Ranks every clip's sounds by cosine.</summary>
    /// <param name="visual"><c>[clips, dims]</c></param>
    /// <param name="acoustic"><c>[clips, dims]</c>; row i belongs to row i.</param>
    /// <param name="groups">Clips choose among sounds of their own group only, as of one speaker; null: among all.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is no clip.</exception>
    public static RetrievalScore Of(Tensor visual, Tensor acoustic, IReadOnlyList<string>? groups = null)
    {
        visual.Shape([-1, -1], "[clips, dims]");
        acoustic.Shape(visual.shape, "[clips, dims]");
        var count = (int)visual.shape[0];
        if (count == 0) throw new ArgumentException("visual must hold at least one clip, but is empty.", nameof(visual));
        if (groups is not null && groups.Count != count) throw new ArgumentException($"groups must be one a clip, {count}, but are {groups.Count}.", nameof(groups));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var near = InfoNce.Unit(visual.detach().to(ScalarType.Float64)).mm(InfoNce.Unit(acoustic.detach().to(ScalarType.Float64)).t()).cpu().data<double>().ToArray();
        var (ranks, candidates) = (new double[count], new int[count]);
        for (var clip = 0; clip < count; clip++)
        {
            var own = near[clip * count + clip];
            var rank = 1.0;
            for (var other = 0; other < count; other++)
            {
                if (groups is not null && groups[other] != groups[clip]) continue;
                candidates[clip]++;
                if (other == clip) continue;
                var value = near[clip * count + other];
                rank += value > own ? 1 : value == own ? 0.5 : 0;
            }
            ranks[clip] = rank;
        }
        return new RetrievalScore { Ranks = ranks, Candidates = candidates };
    }

    /// <summary>As in <c>R@1 0.061 (chance 0.008), R@5 0.212 (0.038), median rank 24 (67)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"R@1 {RecallAt1:0.000} (chance {Chance.RecallAt1:0.000}), R@5 {RecallAt5:0.000} ({Chance.RecallAt5:0.000}), median rank {MedianRank:0.#} ({Chance.MedianRank:0.#})");

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
