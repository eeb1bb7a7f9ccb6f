namespace Affect.Evaluation.Simulation;

/// <summary>What may be asked of decisions, each with a chance of 5 % to be answered wrong.</summary>
public enum LevelQuestion
{
    /// <summary>Does the interval of a score hold the true score?</summary>
    Score,

    /// <summary>Does the interval of a difference hold zero where two systems are equally good?</summary>
    Difference,

    /// <summary>The same, of several runs of each, where runs differ.</summary>
    Seeds,

    /// <summary>Are layers that are equally good not told apart?</summary>
    Layers,

    /// <summary>Does the interval of a mean difference in reciprocal rank hold zero where two systems find alike?</summary>
    Ranks,

    /// <summary>Does the interval of a difference between means over several conditions, as sets of modalities, hold zero where two systems are equally good?</summary>
    Conditions,

    /// <summary>The difference as the percentile bootstrap answers: the method that stood here before, which does not hold its level.</summary>
    PercentileBootstrap,
}
