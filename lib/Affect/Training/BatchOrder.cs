namespace Affect.Training;

/// <summary>Which items an epoch's steps learn from; depends on seed and epoch alone, so that a run can go on anywhere.</summary>
internal static class BatchOrder
{
    /// <param name="task">Whose items.</param>
    /// <param name="config">How many a step, and in what balance.</param>
    /// <param name="epoch">From 1.</param>
    /// <returns>The batches, in order.</returns>
    internal static int[][] Of(ITrainingTask task, TrainerConfig config, int epoch)
    {
        var random = new SeededRandom(config.Seed, FormattableString.Invariant($"training epoch {epoch}"));
        var order = config.Balance == ClassBalance.Sampling ? Balanced(task, random) : [.. Enumerable.Range(0, task.Items)];
        random.Shuffle(order.AsSpan());
        return [.. order.Chunk(config.BatchSize)];
    }

    private static int[] Balanced(ITrainingTask task, SeededRandom random)
    {
        var classes = task.Classes ?? throw new InvalidOperationException($"Balance can be Sampling only where items have classes, but those of '{task.Name}' have none.");
        var members = Enumerable.Range(0, task.Items).GroupBy(item => classes[item]).OrderBy(group => group.Key).Select(group => group.ToArray()).ToArray();
        return [.. Enumerable.Range(0, task.Items).Select(_ => random.Pick(random.Pick(members)))];
    }
}
