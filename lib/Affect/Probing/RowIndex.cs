namespace Affect.Probing;

/// <summary>Which rows of the features a batch of training sets takes, padded to one length with a row that a mask takes out again.</summary>
internal sealed class RowIndex
{
    /// <param name="task">Whose clips the rows are.</param>
    /// <param name="plan">The training sets.</param>
    /// <param name="problems">The layers and training sets of the batch.</param>
    /// <param name="layers">How many layers each clip has in the features.</param>
    internal RowIndex(ProbeTask task, FoldPlan plan, (int Layer, int Set)[] problems, int layers)
    {
        (Training, TrainingLabels, Mask) = Build(task, plan.Training, problems, layers);
        (Scored, ScoredLabels, _) = Build(task, plan.Scored, problems, layers);
    }

    /// <summary><c>[problems, rows]</c>, int64.</summary>
    internal Tensor Training { get; }

    /// <summary>The classes of <see cref="Training"/>, <c>[problems, rows]</c>, int64.</summary>
    internal Tensor TrainingLabels { get; }

    /// <summary>1 for a row of <see cref="Training"/>, 0 for padding, <c>[problems, rows, 1]</c>, float32.</summary>
    internal Tensor Mask { get; }

    /// <summary><c>[problems, scored rows]</c>, int64; padding at the end.</summary>
    internal Tensor Scored { get; }

    /// <summary>The classes of <see cref="Scored"/>, <c>[problems, scored rows]</c>, int64.</summary>
    internal Tensor ScoredLabels { get; }

    private static (Tensor Rows, Tensor Labels, Tensor Mask) Build(
        ProbeTask task, IReadOnlyList<int[]> sets, (int Layer, int Set)[] problems, int layers)
    {
        var width = problems.Max(problem => sets[problem.Set].Length);
        var rows = new long[problems.Length * width];
        var labels = new long[rows.Length];
        var mask = new float[rows.Length];
        for (var i = 0; i < problems.Length; i++)
        {
            var clips = sets[problems[i].Set];
            for (var place = 0; place < width; place++)
            {
                var clip = clips[Math.Min(place, clips.Length - 1)];
                rows[i * width + place] = (long)clip * layers + problems[i].Layer;
                labels[i * width + place] = task.Labels[clip];
                mask[i * width + place] = place < clips.Length ? 1 : 0;
            }
        }
        var shape = new long[] { problems.Length, width };
        return (tensor(rows, shape, dtype: int64), tensor(labels, shape, dtype: int64), tensor(mask, new long[] { problems.Length, width, 1 }));
    }
}
