namespace Affect.Evaluation.Simulation;

/// <summary>The interval that speakers drawn with replacement give by percentiles: here only as what is too narrow with few speakers, for comparison.</summary>
/// <remarks>Efron and Tibshirani, <em>An Introduction to the Bootstrap</em>, 1993, chapter 13.</remarks>
internal static class PercentileBootstrap
{
    /// <summary>Whether the 95 % interval of a difference leaves zero out.</summary>
    internal static bool Tells(SimulatedDecisions decisions, Metric metric, int resamples, int seed)
    {
        var names = decisions.Speakers.Distinct().ToList();
        int[] speakerOf = [.. decisions.Speakers.Select(name => names.IndexOf(name))];
        var counts = decisions.Predicted.Take(2).Select(runs => ConfusionCounts.Of(decisions.Target, runs[0], decisions.Classes, speakerOf, names.Count)).ToArray();
        var random = new SeededRandom(seed, "percentile bootstrap");
        var differences = new double[resamples];
        for (var resample = 0; resample < resamples; resample++)
        {
            var sums = new int[2][] { new int[counts[0][0].Length], new int[counts[0][0].Length] };
            for (var turn = 0; turn < names.Count; turn++)
            {
                var speaker = random.Below(names.Count);
                for (var side = 0; side < 2; side++)
                    for (var cell = 0; cell < sums[side].Length; cell++) sums[side][cell] += counts[side][speaker][cell];
            }
            differences[resample] = ConfusionCounts.Score(sums[0], decisions.Classes, metric) - ConfusionCounts.Score(sums[1], decisions.Classes, metric);
        }
        Array.Sort(differences);
        var tail = (int)(0.025 * resamples);
        return differences[tail] > 0 || differences[resamples - 1 - tail] < 0;
    }
}
