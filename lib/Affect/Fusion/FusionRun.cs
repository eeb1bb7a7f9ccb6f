namespace Affect.Fusion;

/// <summary>What one variant of fusion gave on one set of modalities, seed by seed.</summary>
public sealed record FusionRun
{
    /// <summary>How it was trained.</summary>
    public required FusionTrainingConfig Config { get; init; }

    /// <summary>The modalities it was trained on.</summary>
    public required IReadOnlyList<string> Modalities { get; init; }

    /// <summary>Where each modality's features come from; of features that were learned in the folds, those of the first.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>One per seed.</summary>
    public required IReadOnlyList<FusionSeedRun> Seeds { get; init; }

    /// <summary>What was decided with all modalities there, seed by seed.</summary>
    public IReadOnlyList<Decisions> Decided => [.. Seeds.Select(seed => seed.Decided)];

    /// <summary>The score, all seeds taken together, with its interval by speaker and seed.</summary>
    /// <param name="metric">Which score.</param>
    public Interval Score(Metric metric = Metric.Waf) => Decisions.Score(Decided, metric);

    /// <summary>The mean best WAF on the clips that epochs were chosen by, over all folds and seeds: what settings may be chosen by. The epoch was chosen on the same clips, so it flatters a little.</summary>
    public double Held => Seeds.SelectMany(seed => seed.Held).Average();

    /// <summary>What was decided with only some modalities shown, seed by seed.</summary>
    /// <param name="subset">The modalities that are left.</param>
    /// <exception cref="ArgumentException">It is no subset of the run's modalities.</exception>
    public IReadOnlyList<Decisions> Shown(ModalitySubset subset)
    {
        ArgumentNullException.ThrowIfNull(subset);
        return [.. Seeds.Select(seed => seed.BySubset.FirstOrDefault(entry => entry.Subset.ToString() == subset.ToString()).Decisions
            ?? throw new ArgumentException($"subset must be of {string.Join(", ", Modalities)}, but is {subset}.", nameof(subset)))];
    }

    /// <summary>Two runs compared speaker by speaker and seed by seed.</summary>
    /// <param name="other">A run on the same clips with as many seeds.</param>
    /// <param name="metric">Which score.</param>
    public PairedComparison Compare(FusionRun other, Metric metric = Metric.Waf)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Decisions.Compare(Decided, other.Decided, metric);
    }

    /// <summary>The mean score over all subsets of the modalities, compared with another run's speaker by speaker and seed by seed.</summary>
    /// <param name="other">A run on the same clips and modalities with as many seeds.</param>
    /// <param name="metric">Which score.</param>
    public PairedComparison CompareOverSubsets(FusionRun other, Metric metric = Metric.Waf)
    {
        ArgumentNullException.ThrowIfNull(other);
        var subsets = ModalitySubset.All(Modalities);
        return PairedComparison.OfMeans([.. subsets.Select(Shown)], [.. subsets.Select(other.Shown)], metric);
    }

    /// <summary>Everything that was decided, for run records: every seed, every subset of the modalities.</summary>
    /// <param name="corpus">The corpus, whose ceilings are known if it is Mimic.</param>
    public IReadOnlyList<RunResult> Results(Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return
        [
            .. Seeds.SelectMany(seed => seed.BySubset.Select(shown => new RunResult
            {
                Variant = Config.Variant,
                Recipe = $"{Config with { Seeds = [0] }}; {string.Join("; ", Sources)}",
                Seed = seed.Seed,
                Trained = string.Join('+', Modalities),
                Present = string.Join('+', shown.Subset.Names),
                Ceiling = CeilingOf(corpus, shown.Subset.Names),
                IsSynthetic = corpus.IsSynthetic,
                Decisions = shown.Decisions,
            })),
        ];
    }

    /// <summary>The best WAF that can be expected on Mimic of some modalities; null for other corpora, and where a modality is none of Mimic's.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="modalities">The modalities' names.</param>
    public static double? CeilingOf(Corpus corpus, IReadOnlyList<string> modalities)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(modalities);
        if (!Mimic.IsMimic(corpus)) return null;
        var seen = Data.Modalities.None;
        foreach (var name in modalities)
        {
            if (!Enum.TryParse<Data.Modalities>(name, ignoreCase: true, out var modality)) return null;
            seen |= modality;
        }
        return MimicCeiling.Of(seen).Waf;
    }
}
