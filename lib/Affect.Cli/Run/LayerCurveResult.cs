using Affect.Data;
using Affect.Evaluation;
using Affect.Features;
using Affect.Notebook.Figures;
using Affect.Probing;

namespace Affect.Cli.Run;

/// <summary>What a run found, before it is written down.</summary>
internal sealed record LayerCurveResult
{
    internal required RunSettings Settings { get; init; }

    /// <summary>The whole corpus; probing takes the clips of the curve.</summary>
    internal required Corpus Corpus { get; init; }

    /// <summary>What the corpus is called in titles.</summary>
    internal required string CorpusName { get; init; }

    /// <summary>Whether the encoder has learned nothing.</summary>
    internal required bool IsRandom { get; init; }

    /// <summary>What made the encoder's features.</summary>
    internal required FeatureRecipe Recipe { get; init; }

    /// <summary>How much sound the probed clips hold.</summary>
    internal required double AudioSeconds { get; init; }

    /// <summary>The encoder's layers, with the best half of its blocks as range.</summary>
    internal required LayerCurve Curve { get; init; }

    /// <summary>MFCC statistics on the same clips and folds.</summary>
    internal required LayerCurve Baseline { get; init; }

    /// <summary>The encoder's learned sum of layers against the baseline, on the same resamples of speakers; null for an encoder of one layer.</summary>
    internal required PairedComparison? Comparison { get; init; }

    /// <summary>The best scores that the corpus allows; empty where they are not known.</summary>
    internal required IReadOnlyList<ScoreLevel> Ceilings { get; init; }

    /// <summary>Clips that could not be read, with the reason.</summary>
    internal required IReadOnlyList<ClipFailure> Failures { get; init; }

    /// <summary>What took how long.</summary>
    internal required IReadOnlyList<(string Step, double Seconds)> Steps { get; init; }

    internal int Speakers => Curve.Speakers.Distinct(StringComparer.Ordinal).Count();

    /// <summary>The encoder's decisions that no choice on the reported clips has touched: those of the learned sum, or of the only layer.</summary>
    internal IReadOnlyList<int> Decisions => Curve.WeightedSum?.Predicted ?? Curve.Layers[0].Predicted;

    /// <summary>The corpus at the end of a title; synthetic data are called so.</summary>
    internal string Source => Corpus.IsSynthetic ? $"{CorpusName}, synthetic speech" : CorpusName;
}
