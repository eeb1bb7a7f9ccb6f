namespace Affect.Probing;

/// <summary>
/// Which probes have to be fitted so that every fold is scored and chooses its C without seeing its own held-out clips: one on each
/// fold's training part, and one on each training part less the part that another fold holds out. With folds that partition the corpus,
/// "without f and g" serves fold f and fold g alike, so k folds need k + k (k − 1) / 2 fits, not k².
/// </summary>
internal sealed class FoldPlan
{
    // Where the corpus's own folds leave fewer than two inner parts (two folds, or one prescribed division).
    private const int InnerParts = 5;

    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly List<int[]> training = [];
    private readonly List<SortedSet<int>> scored = [];

    private FoldPlan(int folds) => (Outer, Inner) = (new int[folds], new (int, int[])[folds][]);

    /// <summary>The distinct sets of clips to fit a probe on, ascending each.</summary>
    internal IReadOnlyList<int[]> Training => training;

    /// <summary>For each of <see cref="Training"/>, the clips to decide on.</summary>
    internal IReadOnlyList<int[]> Scored { get; private set; } = [];

    /// <summary>For each fold, the index in <see cref="Training"/> of its whole training part.</summary>
    internal int[] Outer { get; }

    /// <summary>For each fold, the fits that choose its C, and the clips to score each on; empty where there is nothing to choose.</summary>
    internal (int Training, int[] Clips)[][] Inner { get; }

    /// <exception cref="ArgumentException">A training part of one speaker leaves nothing to choose by.</exception>
    internal static FoldPlan Of(ProbeTask task, bool hasChoice)
    {
        var plan = new FoldPlan(task.Folds.Count);
        for (var f = 0; f < task.Folds.Count; f++)
        {
            var fold = task.Folds[f];
            plan.Outer[f] = plan.Add([.. fold.Train.Order()], fold.Held);
            plan.Inner[f] = hasChoice ? [.. InnerHeld(task, f).Select(clips => (plan.Add([.. fold.Train.Except(clips).Order()], clips), clips))] : [];
        }
        plan.Scored = [.. plan.scored.Select(clips => clips.ToArray())];
        return plan;
    }

    private int Add(int[] clips, IEnumerable<int> toScore)
    {
        var key = string.Join(',', clips);
        if (!known.TryGetValue(key, out var index))
        {
            known.Add(key, index = training.Count);
            training.Add(clips);
            scored.Add([]);
        }
        scored[index].UnionWith(toScore);
        return index;
    }

    private static List<int[]> InnerHeld(ProbeTask task, int f)
    {
        var fold = task.Folds[f];
        var learnt = fold.Train.ToHashSet();
        var parts = task.Folds.Where((_, g) => g != f)
            .Select(other => other.Held.Where(learnt.Contains).ToArray())
            .Where(part => part.Length > 0 && part.Length < learnt.Count)
            .ToList();
        return parts.Count >= 2 ? parts : BySpeaker(task, fold);
    }

    private static List<int[]> BySpeaker(ProbeTask task, Fold fold)
    {
        var speakers = fold.Train.GroupBy(clip => task.Speakers[clip], StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToArray();
        if (speakers.Length < 2)
        {
            throw new ArgumentException(
                $"fold {fold.Index} must have at least 2 speakers to learn from, so that C can be chosen on one it has not heard, but has {speakers.Length}: give one C only, or other folds.", nameof(fold));
        }
        var parts = Enumerable.Range(0, Math.Min(InnerParts, speakers.Length)).Select(_ => new List<int>()).ToArray();
        foreach (var speaker in speakers) parts.MinBy(part => part.Count)!.AddRange(speaker);
        return [.. parts.Select(part => part.ToArray())];
    }
}
