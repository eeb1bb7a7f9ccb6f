namespace Affect.Notebook.Figures;

/// <summary>What a layer curve shows.</summary>
public sealed record LayerCurveData
{
    /// <summary>What the figure asks or states.</summary>
    public required string Title { get; init; }

    /// <summary>The score on the vertical axis.</summary>
    public Metric Metric { get; init; } = Metric.Waf;

    /// <summary>At least one encoder.</summary>
    public required IReadOnlyList<LayerSeries> Series { get; init; }

    /// <summary>Scores without layers; may be empty.</summary>
    public IReadOnlyList<ReferenceScore> References { get; init; } = [];

    /// <summary>The score of guessing.</summary>
    public required double Chance { get; init => field = Require.Between(0.0, 1.0, value); }

    /// <summary>The best scores that these data allow, where they are known (synthetic data); may be empty.</summary>
    public IReadOnlyList<ScoreLevel> Ceilings { get; init; } = [];

    /// <summary>The chosen range of layers, where one was looked for.</summary>
    public ChosenLayers? Choice { get; init; }

    /// <summary>How many clips were scored.</summary>
    public required int Clips { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How many speakers they come from.</summary>
    public required int Speakers { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How many speaker-disjoint folds.</summary>
    public required int Folds { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Whether the clips are synthetic; the title says so.</summary>
    public required bool IsSynthetic { get; init; }

    /// <summary>What one probed encoder shows.</summary>
    /// <param name="curve">What the probe found.</param>
    /// <param name="metric">WAF, UAR or accuracy.</param>
    /// <param name="width">How many neighbouring layers to choose; null: the range that the curve brings, or half of the blocks, and no choice where there is only one.</param>
    public static LayerCurveData Of(LayerCurve curve, Metric metric = Metric.Waf, int? width = null)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new LayerCurveData
        {
            Title = $"Which layers of {curve.Encoder} hear emotion? {curve.Corpus}{(curve.IsSynthetic ? ", synthetic speech" : "")}",
            Metric = metric,
            Series = [LayerSeries.Of(curve, metric)],
            Chance = curve.Chance.Value(metric),
            Choice = Chosen(curve, metric, width),
            Clips = curve.ClipIds.Count,
            Speakers = curve.Speakers.Distinct(StringComparer.Ordinal).Count(),
            Folds = curve.Folds,
            IsSynthetic = curve.IsSynthetic,
        };
    }

    private static ChosenLayers? Chosen(LayerCurve curve, Metric metric, int? width)
    {
        var blocks = curve.Layers.Count(layer => layer.Layer > 0);
        var isThere = width is null && curve.Range?.Criterion == metric;
        if (!isThere && width is null && blocks < 2) return null;
        var choice = isThere ? curve.Range! : curve.BestRange(width ?? blocks / 2, metric);
        return new ChosenLayers(choice.Range.First, choice.Range.Last, choice.IsFlat);
    }
}
