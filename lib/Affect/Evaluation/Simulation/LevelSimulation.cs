namespace Affect.Evaluation.Simulation;

/// <summary>Counts how often intervals and tests are wrong in worlds where the answer is known.</summary>
public static class LevelSimulation
{
    /// <summary>Draws worlds and counts wrong answers.</summary>
    /// <param name="one">The question and the world.</param>
    /// <param name="speakers">How many speakers, at least 2.</param>
    /// <param name="repeats">How many worlds are drawn; the count's own deviation at 5 % is 0.7 percentage points with 1000, 0.3 with 5000.</param>
    /// <param name="seed">Seeds the draws.</param>
    /// <param name="cancel">Ends the work.</param>
    public static LevelRow Run(LevelCase one, int speakers, int repeats, int seed = 1, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(one);
        Require.AtLeast(2, speakers, nameof(speakers));
        Require.AtLeast(1, repeats, nameof(repeats));
        var world = one.World with { Clips = [.. Enumerable.Repeat(one.World.Clips[0], speakers)] };
        var truth = one.Question == LevelQuestion.Score ? Truth(one.World, one.Metric) : 0;
        var wrong = 0;
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            cancel.ThrowIfCancellationRequested();
            var random = new SeededRandom(seed, FormattableString.Invariant($"{one.Question} {one.Setting} {speakers} {repeat}"));
            var isWrong = one.Question switch
            {
                LevelQuestion.Ranks => LeavesOut(world.DrawRankLead(random, one.Candidates, one.Runs)),
                LevelQuestion.Score => LeavesOut(Drawn().Score(one.Metric)),
                LevelQuestion.Layers => Drawn().CompareAll(one.Metric).PValue < 0.05,
                LevelQuestion.PercentileBootstrap => PercentileBootstrap.Tells(Drawn(), one.Metric, resamples: 1000, seed),
                _ => LeavesOut(Drawn().Compare(one.Metric).Difference),
            };
            if (isWrong) wrong++;

            SimulatedDecisions Drawn() => world.Draw(random, one.Layers, one.Runs);
        }
        return new LevelRow { Case = one, Speakers = speakers, Repeats = repeats, Level = (double)wrong / repeats };

        bool LeavesOut(Interval interval) => truth < interval.Low || truth > interval.High;
    }

    // What the score is with more speakers than anybody has.
    private static double Truth(SimulatedWorld world, Metric metric)
    {
        var drawn = (world with { Clips = [.. Enumerable.Repeat(world.Clips[0], 8000)] }).Draw(new SeededRandom(1, "truth"), systems: 1);
        return Scores.Of(drawn.Target, drawn.Predicted[0][0], drawn.Classes).Value(metric);
    }
}
