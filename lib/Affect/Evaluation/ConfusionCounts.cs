namespace Affect.Evaluation;

/// <summary>Confusion matrices as flat counts, <c>[target * classes + predicted]</c>, and the scores that they give.</summary>
internal static class ConfusionCounts
{
    /// <summary>The matrix of all clips.</summary>
    internal static int[] Of(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes) => Of(target, predicted, classes, groups: null, groupCount: 1)[0];

    /// <summary>One matrix per group of clips, as per speaker; without groups, a single one of all.</summary>
    internal static int[][] Of(IReadOnlyList<int> target, IReadOnlyList<int> predicted, int classes, IReadOnlyList<int>? groups, int groupCount)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(predicted);
        Require.AtLeast(1, classes, nameof(classes));
        if (predicted.Count != target.Count)
            throw new ArgumentException($"predicted must hold one class per target, {target.Count}, but holds {predicted.Count}.", nameof(predicted));
        if (groups is not null && groups.Count != target.Count)
            throw new ArgumentException($"target must hold one class per speaker's clip, {groups.Count}, but holds {target.Count}.", nameof(target));
        int[][] counts = [.. Enumerable.Range(0, groupCount).Select(_ => new int[classes * classes])];
        for (var clip = 0; clip < target.Count; clip++)
        {
            var row = Class(target[clip], classes, nameof(target), clip);
            counts[groups?[clip] ?? 0][row * classes + Class(predicted[clip], classes, nameof(predicted), clip)]++;
        }
        return counts;
    }

    /// <summary>The score of a matrix; of an empty one, 0.</summary>
    internal static double Score(ReadOnlySpan<int> counts, int classes, Metric metric)
    {
        var (sum, total, present) = (0.0, 0, 0);
        for (var c = 0; c < classes; c++)
        {
            var (support, right) = (Support(counts, classes, c), counts[c * classes + c]);
            total += support;
            if (support > 0) present++;
            sum += metric switch
            {
                Metric.Accuracy => right,
                Metric.Waf => support * F1(counts, classes, c),
                Metric.MacroF1 => F1(counts, classes, c),
                Metric.Uar => support == 0 ? 0 : (double)right / support,
                _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "metric must be one of Metric's values."),
            };
        }
        var parts = metric switch { Metric.MacroF1 => classes, Metric.Uar => present, _ => total };
        return parts == 0 ? 0 : sum / parts;
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
