namespace Affect.Alignment.Studies;

/// <summary>What aligners made of a corpus's pictures: for every seed, fold (and, where the teacher differs by it, share) vectors from a network that has not met the fold's speakers.</summary>
public sealed class AlignedVectors
{
    private readonly Corpus corpus;
    private readonly FeatureTable pooled;
    private readonly IReadOnlyDictionary<int, IReadOnlyList<OuterFold>> folds;
    private readonly IReadOnlyDictionary<(int Seed, int Fold, double Fraction), FeatureTable> aligned;
    private readonly IReadOnlyDictionary<(int Seed, int Fold, double Fraction), FeatureTable> taught;
    private readonly IReadOnlyDictionary<int, FeatureTable> untrained;

    internal AlignedVectors(
        Corpus corpus, FeatureTable pooled, IReadOnlyDictionary<int, IReadOnlyList<OuterFold>> folds,
        IReadOnlyDictionary<(int Seed, int Fold, double Fraction), FeatureTable> aligned, IReadOnlyDictionary<(int Seed, int Fold, double Fraction), FeatureTable> taught,
        IReadOnlyDictionary<int, FeatureTable> untrained) =>
        (this.corpus, this.pooled, this.folds, this.aligned, this.taught, this.untrained) = (corpus, pooled, folds, aligned, taught, untrained);

    /// <summary>The teacher.</summary>
    public required ITeacher Teacher { get; init; }

    /// <summary>How it was aligned.</summary>
    public required AlignmentConfig Config { get; init; }

    /// <summary>The shares and seeds that vectors are there for.</summary>
    public required FractionConfig Fractions { get; init; }

    /// <summary>One a seed and fold: what was learned from, and how well unseen clips find their sound.</summary>
    public required IReadOnlyList<AlignedFold> Folds { get; init; }

    /// <summary>All clips' vectors from the aligner that has not met a fold's judged speakers.</summary>
    /// <param name="seed">One of the seeds.</param>
    /// <param name="fold">The fold's number, from 0.</param>
    /// <param name="fraction">The share of the labels that the teacher was given.</param>
    /// <exception cref="ArgumentException">There is none for this seed, fold and share.</exception>
    public FeatureTable Of(int seed, int fold, double fraction = 1) => Found(aligned, seed, fold, fraction);

    /// <summary>All clips' vectors from the teacher of that fold.</summary>
    /// <inheritdoc cref="Of"/>
    public FeatureTable Sound(int seed, int fold, double fraction = 1) => Found(taught, seed, fold, fraction);

    /// <summary>Measures what a probe reads from them at every share of the labels.</summary>
    /// <param name="normaliseBySpeaker">Whether each speaker's vectors are first brought to mean 0 and deviation 1, without labels.</param>
    /// <param name="progress">Receives progress after every few fits; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    public AlignmentReport Probe(bool normaliseBySpeaker = false, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        var config = Fractions with { NormaliseBySpeaker = normaliseBySpeaker };
        FractionCurve Curve(string name, Func<FractionCase, FeatureTable> of) => FractionProbe.Run(name, of, corpus, seed => [.. folds[seed].Select(fold => fold.ToFold())], config, probe: null, progress, cancel);
        return new AlignmentReport
        {
            Teacher = Teacher.Name,
            IsControl = Teacher.IsControl,
            Config = Config,
            Folds = Folds,
            Before = Curve("pictures as they are, mean and deviation", _ => pooled),
            Untrained = Curve("temporal network, not trained", which => untrained[which.Seed]),
            After = Curve("aligned with sound", Aligned),
            Both = Curve("pictures as they are, and aligned beside them", which => pooled.Beside(Aligned(which))),
            BothUntrained = Curve("pictures as they are, and the network not trained beside them", which => pooled.Beside(untrained[which.Seed])),
        };
    }

    private FeatureTable Found(IReadOnlyDictionary<(int Seed, int Fold, double Fraction), FeatureTable> tables, int seed, int fold, double fraction) =>
        tables.TryGetValue((seed, fold, Teacher.SeesOnlyTheShare ? fraction : 1), out var table)
            ? table
            : throw new ArgumentException(FormattableString.Invariant($"seed, fold and fraction must be among those aligned, seeds {string.Join(", ", folds.Keys)}, but are {seed}, {fold} and {fraction}."), nameof(seed));

    private FeatureTable Aligned(FractionCase which) => aligned[(which.Seed, which.Fold.Index, Teacher.SeesOnlyTheShare ? which.Fraction : 1)];
}
