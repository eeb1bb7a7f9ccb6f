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
        LevelCase[] quick =
        [
            OfScore(LevelQuestion.Score, plain, Metric.Waf),
            OfScore(LevelQuestion.Difference, plain, Metric.Waf),
            OfSeeds(runs: 3, spread: 0.1),
            OfLayers(layers: 13, correlation: 0.9, isUnequal: false),
            OfRanks(candidates: 220, spread: 0.1),
            OfSets(spread: 0.1),
            new() { Question = LevelQuestion.PercentileBootstrap, World = plain, Setting = "score 0.60" },
        ];
        if (isQuick) return quick;
        LevelQuestion[] ofScores = [LevelQuestion.Score, LevelQuestion.Difference];
        Metric[] metrics = [Metric.Waf, Metric.Uar];
        LevelCase[] all =
        [
            .. quick,
            .. from metric in metrics
               from accuracy in (double[])[0.35, 0.6, 0.9]
               from isUneven in (bool[])[false, true]
               from question in ofScores
               select OfScore(question, plain with { Accuracy = accuracy, AreUneven = isUneven }, metric),
            .. from runs in (int[])[3, 5] from spread in (double[])[0, 0.05, 0.1, 0.2, 0.4] select OfSeeds(runs, spread),
            .. from layers in (int[])[5, 9, 13, 25]
               from correlation in (double[])[0, 0.5, 0.9, 0.99]
               from isUnequal in (bool[])[false, true]
               select OfLayers(layers, correlation, isUnequal),
            new() { Question = LevelQuestion.Ranks, World = plain, Setting = "among 220" },
            .. from candidates in (int[])[10, 220] from spread in (double[])[0, 0.1, 0.4] select OfRanks(candidates, spread),
            OfSets(0) with { Runs = 1, Setting = "7 sets" },
            .. from spread in (double[])[0, 0.4] select OfSets(spread),
            // Ten times as many clips, where twelve are answered too carefully: are the few answers the cause, or the few speakers?
            .. from metric in metrics from question in ofScores select OfMany(OfScore(question, plain with { Accuracy = 0.9 }, metric)),
            OfMany(OfLayers(layers: 5, correlation: 0.99, isUnequal: false)),
            OfMany(OfLayers(layers: 25, correlation: 0, isUnequal: true)),
            new() { Question = LevelQuestion.PercentileBootstrap, World = plain with { AreUneven = true }, Setting = "score 0.60, clips uneven" },
        ];
        return [.. all.DistinctBy(one => (one.Question, one.Setting)).OrderBy(one => one.Question)];
    }

    private static LevelCase OfScore(LevelQuestion question, SimulatedWorld world, Metric metric)
    {
        var setting = FormattableString.Invariant($"{(metric == Metric.Waf ? "" : "UAR, ")}score {world.Accuracy:0.00}{(world.AreUneven ? ", clips uneven" : "")}");
        return new() { Question = question, World = world, Metric = metric, Setting = setting };
    }

    private static LevelCase OfSeeds(int runs, double spread) =>
        new() { Question = LevelQuestion.Seeds, World = new() { RunSpread = spread }, Runs = runs, Setting = FormattableString.Invariant($"{runs} seeds, run spread {spread}") };

    private static LevelCase OfLayers(int layers, double correlation, bool isUnequal)
    {
        var world = new SimulatedWorld { NeighbourCorrelation = correlation, Agreement = 0.3, SystemSpread = 0.3, IsUnequal = isUnequal };
        var setting = FormattableString.Invariant($"{layers} layers, neighbours {correlation}{(isUnequal ? ", spread unequal" : "")}");
        return new() { Question = LevelQuestion.Layers, World = world, Layers = layers, Setting = setting };
    }

    private static LevelCase OfRanks(int candidates, double spread)
    {
        var setting = FormattableString.Invariant($"among {candidates}, 3 seeds, run spread {spread}");
        return new() { Question = LevelQuestion.Ranks, World = new() { RunSpread = spread }, Runs = 3, Candidates = candidates, Setting = setting };
    }

    // What one fusion decides from several sets of modalities is much alike.
    private static LevelCase OfSets(double spread)
    {
        var world = new SimulatedWorld { NeighbourCorrelation = 0.5, Agreement = 0.4, RunSpread = spread };
        return new() { Question = LevelQuestion.Conditions, World = world, Layers = 14, Runs = 3, Setting = FormattableString.Invariant($"7 sets, 3 seeds, run spread {spread}") };
    }

    private static LevelCase OfMany(LevelCase one) => one with { World = one.World with { Clips = [120] }, Setting = $"{one.Setting}, 120 clips each" };
}
