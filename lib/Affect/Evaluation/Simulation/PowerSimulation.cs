namespace Affect.Evaluation.Simulation;

/// <summary>Asks which difference between two systems a corpus of so many speakers and clips can tell.</summary>
public static class PowerSimulation
{
    /// <summary>Simulates corpora in which a difference is there, and counts how often the test detects it.</summary>
    /// <param name="config">The corpus and the systems.</param>
    /// <param name="progress">Receives progress after every few differences; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    public static PowerReport Run(PowerConfig config, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(config);
        var big = config.World with { Clips = [.. Enumerable.Repeat(12, 4000)], AreUneven = false };
        // A lead in the share of right decisions is not quite one in WAF: how much it is, many clips tell.
        var apart = big.Draw(new SeededRandom(config.Seed, "slope"), systems: 2, runs: 1, leads: [0, -0.1]);
        var slope = 10 * (Scores.Of(apart.Target, apart.Predicted[0][0], apart.Classes).Value(config.Metric) - Scores.Of(apart.Target, apart.Predicted[1][0], apart.Classes).Value(config.Metric));
        var alike = big.Draw(new SeededRandom(config.Seed, "discordance"), systems: 2, config.Runs);
        var power = new List<double>();
        foreach (var difference in config.Differences)
        {
            var told = 0;
            for (var repeat = 0; repeat < config.Repeats; repeat++)
            {
                cancel.ThrowIfCancellationRequested();
                var random = new SeededRandom(config.Seed, FormattableString.Invariant($"power {difference} {repeat}"));
                var compared = config.World.Draw(random, systems: 2, config.Runs, [difference / slope / 2, -difference / slope / 2]).Compare(config.Metric);
                if (compared.Difference.Low > 0) told++;
            }
            power.Add((double)told / config.Repeats);
            progress?.Report(new WorkProgress("Simulating", power.Count, config.Differences.Count, "differences"));
        }
        return new PowerReport
        {
            Config = config,
            Power = power,
            Discordance = alike.Target.Index().Average(clip => (alike.Predicted[0][0][clip.Index] == clip.Item) != (alike.Predicted[1][0][clip.Index] == clip.Item) ? 1.0 : 0.0),
        };
    }
}
