namespace Affect.Evaluation;

/// <summary>Confusion matrices as flat counts, <c>[target * classes + predicted]</c>, and the scores that they give.</summary>
internal static class ConfusionCounts
{
    /// <summary>One matrix per group of clips (per speaker), or a single one.</summary>
    /// <param name="target">The true classes.</param>
    /// <param name="predicted">The decisions.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="groups">Each clip's group, 0 … <paramref name="groupCount"/> − 1; null puts all into group 0.</param>
    /// <param name="groupCount">How many groups there are.</param>
    internal static int[][] Of(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes, IReadOnlyList<int>? groups, int groupCount)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(predicted);
        Require.AtLeast(1, classes, nameof(classes));
        if (predicted.Count != target.Count)
            throw new ArgumentException($"predicted must hold one class per target, {target.Count}, but holds {predicted.Count}.", nameof(predicted));
        if (groups is not null && groups.Count != target.Count)
            throw new ArgumentException($"target must hold one class per speaker's clip, {groups.Count}, but holds {target.Count}.", nameof(target));
        var counts = new int[groupCount][];
        for (var group = 0; group < groupCount; group++) counts[group] = new int[classes * classes];
        for (var clip = 0; clip < target.Count; clip++)
        {
            var row = Class(target[clip], classes, nameof(target), clip);
            counts[groups?[clip] ?? 0][row * classes + Class(predicted[clip], classes, nameof(predicted), clip)]++;
        }
        return counts;
    }

    internal static double Score(ReadOnlySpan<int> counts, int classes, Metric metric)
    {
        long total = 0;
        long right = 0;
        foreach (var count in counts) total += count;
        for (var c = 0; c < classes; c++) right += counts[c * classes + c];
        switch (metric)
        {
            case Metric.Accuracy:
                return total == 0 ? 0 : (double)right / total;
            case Metric.Waf:
                {
                    var sum = 0.0;
                    for (var c = 0; c < classes; c++) sum += Support(counts, classes, c) * F1(counts, classes, c);
                    return total == 0 ? 0 : sum / total;
                }
            case Metric.MacroF1:
                {
                    var sum = 0.0;
                    for (var c = 0; c < classes; c++) sum += F1(counts, classes, c);
                    return sum / classes;
                }
            case Metric.Uar:
                {
                    var sum = 0.0;
                    var present = 0;
                    for (var c = 0; c < classes; c++)
                    {
                        var support = Support(counts, classes, c);
                        if (support == 0) continue;
                        sum += (double)counts[c * classes + c] / support;
                        present++;
                    }
                    return present == 0 ? 0 : sum / present;
                }
            default:
                throw new ArgumentOutOfRangeException(nameof(metric), metric, "metric must be one of Metric's values.");
        }
    }

    internal static double F1(ReadOnlySpan<int> counts, int classes, int c)
    {
        long seen = Support(counts, classes, c);
        for (var row = 0; row < classes; row++) seen += counts[row * classes + c];
        return seen == 0 ? 0 : 2.0 * counts[c * classes + c] / seen;
    }

    private static int Support(ReadOnlySpan<int> counts, int classes, int c)
    {
        var support = 0;
        foreach (var count in counts.Slice(c * classes, classes)) support += count;
        return support;
    }

    private static int Class(int value, int classes, string name, int clip) =>
        value >= 0 && value < classes
            ? value
            : throw new ArgumentException($"{name} must hold classes 0 to {classes - 1}, but holds {value} at position {clip}.", name);
}
