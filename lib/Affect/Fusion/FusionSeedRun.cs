namespace Affect.Fusion;

/// <summary>One seed's folds, trained, and what they decided together.</summary>
public sealed record FusionSeedRun
{
    /// <summary>The seed.</summary>
    public required int Seed { get; init; }

    /// <summary>The folds' trainings.</summary>
    public required IReadOnlyList<TrainingResult> Folds { get; init; }

    /// <summary>Each fold's best score on the clips that its epoch was chosen by.</summary>
    public IReadOnlyList<double> Held => [.. Folds.Select(fold => fold.Best.Metrics.GetValueOrDefault("waf"))];

    /// <summary>What was decided, all modalities there.</summary>
    public Decisions Decided => BySubset[^1].Decisions;

    /// <summary>The same for every subset of the modalities; the last one is all of them.</summary>
    public required IReadOnlyList<(ModalitySubset Subset, Decisions Decisions)> BySubset { get; init; }
}
