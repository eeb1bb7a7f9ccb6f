namespace Affect.Notebook.Figures;

/// <summary>One encoder's scores, layer by layer.</summary>
public sealed record LayerSeries
{
    /// <summary>What is probed, as in <c>HuBERT-base, random weights</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The layers, in rising order.</summary>
    public required IReadOnlyList<LayerPoint> Points { get; init; }

    /// <summary>The scores of a probed encoder.</summary>
    /// <param name="curve">What the probe found.</param>
    /// <param name="metric">WAF, UAR or accuracy.</param>
    /// <param name="name">What to call it; null takes the curve's own name.</param>
    public static LayerSeries Of(LayerCurve curve, Metric metric = Metric.Waf, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new LayerSeries
        {
            Name = name ?? curve.Encoder,
            Points = [.. curve.Layers.Select(layer => new LayerPoint
            {
                Layer = layer.Layer,
                Score = layer.Value(metric),
                Folds = [.. layer.Folds.Select(fold => metric switch { Metric.Uar => fold.Uar, Metric.Accuracy => fold.Accuracy, _ => fold.Waf })],
            })],
        };
    }

    /// <summary>The layer with the highest score; the lowest of them on a tie.</summary>
    public LayerPoint Best => Points.MaxBy(point => point.Score.Value)!;
}
