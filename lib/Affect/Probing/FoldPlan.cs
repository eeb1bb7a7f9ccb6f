namespace Affect.Probing;

/// <summary>
/// Which probes have to be fitted so that every fold is scored and chooses its C without seeing its own held-out clips: one on each
/// fold's training part, and one on each training part less the part that another fold holds out. With folds that partition the corpus,
/// "without f and g" serves fold f and fold g alike, so k folds need k + k (k − 1) / 2 fits, not k².
/// </summary>
internal sealed class FoldPlan
{
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
        // Two folds, or one prescribed division, leave fewer than two parts.
        return parts.Count >= 2 ? parts : ProbeLabels.PartsBySpeaker(fold.Train, clip => task.Speakers[clip], $"fold {fold.Index}", nameof(fold));
    }
}
