namespace Affect.Evaluation.Simulation;

/// <summary>A question in a world where the answer is known.</summary>
public sealed record LevelCase
{
    /// <summary>The question.</summary>
    public required LevelQuestion Question { get; init; }

    /// <summary>The world, whose number of speakers is set by the simulation.</summary>
    public required SimulatedWorld World { get; init; }

    /// <summary>What is particular about the world, in words.</summary>
    public required string Setting { get; init; }

    /// <summary>The score that is asked about.</summary>
    public Metric Metric { get; init; } = Metric.Waf;

    /// <summary>How many runs each system has.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>How many layers are compared; of <see cref="LevelQuestion.Conditions"/>, twice the number of conditions.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Among how many a clip's own counterpart is looked for.</summary>
    public int Candidates { get; init; } = 220;

    /// <summary>The cases of <c>lab bench level</c>.</summary>
    /// <param name="isQuick">Only the plainest of each question.</param>
    public static IReadOnlyList<LevelCase> All(bool isQuick = false)
    {
        var plain = new SimulatedWorld();
        List<LevelCase> cases =
        [
            new() { Question = LevelQuestion.Score, World = plain, Setting = "score 0.60" },
            new() { Question = LevelQuestion.Difference, World = plain, Setting = "score 0.60" },
            new() { Question = LevelQuestion.Seeds, World = plain with { RunSpread = 0.1 }, Runs = 3, Setting = "3 seeds, run spread 0.1" },
            new() { Question = LevelQuestion.Layers, World = Neighbours(0.9), Layers = 13, Setting = "13 layers, neighbours 0.9" },
            new() { Question = LevelQuestion.Ranks, World = plain with { RunSpread = 0.1 }, Runs = 3, Setting = "among 220, 3 seeds, run spread 0.1" },
            new() { Question = LevelQuestion.Conditions, World = Sets(0.1), Layers = 14, Runs = 3, Setting = "7 sets, 3 seeds, run spread 0.1" },
            new() { Question = LevelQuestion.PercentileBootstrap, World = plain, Setting = "score 0.60" },
        ];
        if (isQuick) return cases;
        foreach (var metric in new[] { Metric.Waf, Metric.Uar })
            foreach (var accuracy in new[] { 0.35, 0.6, 0.9 })
                foreach (var isUneven in new[] { false, true })
                {
                    var world = plain with { Accuracy = accuracy, AreUneven = isUneven };
                    var setting = FormattableString.Invariant($"{(metric == Metric.Waf ? "" : "UAR, ")}score {accuracy:0.00}{(isUneven ? ", clips uneven" : "")}");
                    if (metric == Metric.Waf && accuracy == 0.6 && !isUneven) continue;
                    cases.Add(new() { Question = LevelQuestion.Score, World = world, Metric = metric, Setting = setting });
                    cases.Add(new() { Question = LevelQuestion.Difference, World = world, Metric = metric, Setting = setting });
                }
        foreach (var runs in new[] { 3, 5 })
            foreach (var spread in new[] { 0, 0.05, 0.1, 0.2, 0.4 })
                if ((runs, spread) != (3, 0.1))
                    cases.Add(new() { Question = LevelQuestion.Seeds, World = plain with { RunSpread = spread }, Runs = runs, Setting = FormattableString.Invariant($"{runs} seeds, run spread {spread}") });
        foreach (var layers in new[] { 5, 9, 13, 25 })
            foreach (var correlation in new[] { 0, 0.5, 0.9, 0.99 })
                foreach (var isUnequal in new[] { false, true })
                    if ((layers, correlation, isUnequal) != (13, 0.9, false))
                        cases.Add(new()
                        {
                            Question = LevelQuestion.Layers,
                            World = Neighbours(correlation) with { IsUnequal = isUnequal },
                            Layers = layers,
                            Setting = FormattableString.Invariant($"{layers} layers, neighbours {correlation}{(isUnequal ? ", spread unequal" : "")}"),
                        });
        cases.Add(new() { Question = LevelQuestion.Ranks, World = plain, Setting = "among 220" });
        foreach (var candidates in new[] { 10, 220 })
            foreach (var spread in new[] { 0, 0.1, 0.4 })
                if ((candidates, spread) != (220, 0.1))
                    cases.Add(new() { Question = LevelQuestion.Ranks, World = plain with { RunSpread = spread }, Runs = 3, Candidates = candidates, Setting = FormattableString.Invariant($"among {candidates}, 3 seeds, run spread {spread}") });
        cases.Add(new() { Question = LevelQuestion.Conditions, World = Sets(0), Layers = 14, Setting = "7 sets" });
        foreach (var spread in new[] { 0, 0.4 })
            cases.Add(new() { Question = LevelQuestion.Conditions, World = Sets(spread), Layers = 14, Runs = 3, Setting = FormattableString.Invariant($"7 sets, 3 seeds, run spread {spread}") });
        // Ten times as many clips, where twelve are answered too carefully: are the few answers the cause, or the few speakers?
        foreach (var metric in new[] { Metric.Waf, Metric.Uar })
            foreach (var question in new[] { LevelQuestion.Score, LevelQuestion.Difference })
                cases.Add(new() { Question = question, World = Many(plain with { Accuracy = 0.9 }), Metric = metric, Setting = $"{(metric == Metric.Waf ? "" : "UAR, ")}score 0.90, 120 clips each" });
        cases.Add(new() { Question = LevelQuestion.Layers, World = Many(Neighbours(0.99)), Layers = 5, Setting = "5 layers, neighbours 0.99, 120 clips each" });
        cases.Add(new() { Question = LevelQuestion.Layers, World = Many(Neighbours(0) with { IsUnequal = true }), Layers = 25, Setting = "25 layers, neighbours 0, spread unequal, 120 clips each" });
        cases.Add(new() { Question = LevelQuestion.PercentileBootstrap, World = plain with { AreUneven = true }, Setting = "score 0.60, clips uneven" });
        return [.. cases.OrderBy(one => one.Question)];

        // What one fusion decides from several sets of modalities is much alike.
        static SimulatedWorld Sets(double spread) => new() { NeighbourCorrelation = 0.5, Agreement = 0.4, RunSpread = spread };

        static SimulatedWorld Many(SimulatedWorld world) => world with { Clips = [120] };

        static SimulatedWorld Neighbours(double correlation) => new() { NeighbourCorrelation = correlation, Agreement = 0.3, SystemSpread = 0.3 };
    }
}
