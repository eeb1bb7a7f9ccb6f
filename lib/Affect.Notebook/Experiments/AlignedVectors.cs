using Affect.Alignment;
using Affect.Data;
using Affect.Features;
using Affect.Probing;

namespace Affect.Notebook.Experiments;

/// <summary>What aligners made of a corpus's pictures: for every seed, fold (and, where the teacher differs by it, share) vectors from a network that has not met the fold's speakers.</summary>
public sealed class AlignedVectors
{
    private readonly Corpus corpus;
    private readonly FeatureTable pooled;
    private readonly IReadOnlyDictionary<int, IReadOnlyList<OuterFold>> folds;
    private readonly IReadOnlyDictionary<(int Seed, int Fold, double Fraction), FeatureTable> aligned;
    private readonly IReadOnlyDictionary<int, FeatureTable> untrained;

    internal AlignedVectors(
        Corpus corpus, FeatureTable pooled, IReadOnlyDictionary<int, IReadOnlyList<OuterFold>> folds,
        IReadOnlyDictionary<(int Seed, int Fold, double Fraction), FeatureTable> aligned, IReadOnlyDictionary<int, FeatureTable> untrained) =>
        (this.corpus, this.pooled, this.folds, this.aligned, this.untrained) = (corpus, pooled, folds, aligned, untrained);

    /// <summary>The teacher.</summary>
    public required ITeacher Teacher { get; init; }

    /// <summary>How it was aligned.</summary>
    public required AlignmentConfig Config { get; init; }

    /// <summary>The shares and seeds that vectors are there for.</summary>
    public required FractionConfig Fractions { get; init; }

    /// <summary>One a seed and fold: what was learned from, and how well unseen clips find their sound.</summary>
    public required IReadOnlyList<AlignedFold> Folds { get; init; }

    /// <summary>Measures what a probe reads from them at every share of the labels.</summary>
    /// <param name="normaliseBySpeaker">Whether each speaker's vectors are first brought to mean 0 and deviation 1, without labels.</param>
    /// <param name="progress">Counts fits.</param>
    /// <param name="cancel">Ends the work.</param>
    public AlignmentReport Probe(bool normaliseBySpeaker = false, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        var config = Fractions with { NormaliseBySpeaker = normaliseBySpeaker };
        FractionCurve Curve(string name, Func<FractionCase, FeatureTable> of) => FractionProbe.Run(name, of, corpus, seed => [.. folds[seed].Select(fold => fold.ToFold())], config, progress, cancel);
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

    private FeatureTable Aligned(FractionCase which) => aligned[(which.Seed, which.Fold.Index, Teacher.SeesOnlyTheShare ? which.Fraction : 1)];
}
