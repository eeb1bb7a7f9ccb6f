namespace Affect.Frames;

/// <summary>What probes found, as frames.</summary>
/// <remarks>For looking and joining, as <see cref="RecordFrames"/> says: curves are compared by <see cref="LayerCurve.CompareBest"/> and its kin.</remarks>
public static class ProbeFrames
{
    /// <summary>
    /// A row per layer: <c>encoder, layer, waf, waf_low, waf_high</c>, the same of <c>uar</c> and <c>accuracy</c>, <c>macro_f1, log_loss</c> and each
    /// class's <c>f1_…</c>.
    /// </summary>
    /// <param name="curve">The curve.</param>
    public static DataFrame ToDataFrame(this LayerCurve curve)
    {
        var layers = curve.Layers;
        var frame = Begin(curve, layers, layer => layer)
            .Score("waf", [.. layers.Select(layer => layer.Waf)]).Score("uar", [.. layers.Select(layer => layer.Uar)])
            .Score("accuracy", [.. layers.Select(layer => layer.Accuracy)])
            .Number("macro_f1", layers.Select(layer => layer.MacroF1)).Number("log_loss", layers.Select(layer => layer.LogLoss));
        foreach (var (index, name) in curve.Emotions.Index()) frame.Number($"f1_{name}", layers.Select(layer => layer.PerClassF1[index]));
        return frame.Build();
    }

    /// <summary>A row per layer and fold: <c>encoder, layer, fold, clips, penalty, waf, uar, accuracy, macro_f1</c>.</summary>
    /// <param name="curve">The curve.</param>
    public static DataFrame FoldsToDataFrame(this LayerCurve curve)
    {
        (LayerScore Layer, FoldScore Fold)[] rows = [.. curve.Layers.SelectMany(layer => layer.Folds.Select(fold => (layer, fold)))];
        return Begin(curve, rows, row => row.Layer)
            .Whole("fold", rows.Select(row => row.Fold.Fold)).Whole("clips", rows.Select(row => row.Fold.Clips))
            .Number("penalty", rows.Select(row => row.Fold.Penalty)).Number("waf", rows.Select(row => row.Fold.Waf))
            .Number("uar", rows.Select(row => row.Fold.Uar))
            .Number("accuracy", rows.Select(row => row.Fold.Accuracy)).Number("macro_f1", rows.Select(row => row.Fold.MacroF1)).Build();
    }

    /// <summary>A row per layer and held-out clip: <c>encoder, layer, clip, speaker, emotion, predicted, correct</c>.</summary>
    /// <param name="curve">The curve.</param>
    public static DataFrame DecisionsToDataFrame(this LayerCurve curve)
    {
        (LayerScore Layer, int Clip)[] rows = [.. curve.Layers.SelectMany(layer => Enumerable.Range(0, curve.ClipIds.Count).Select(clip => (layer, clip)))];
        return Begin(curve, rows, row => row.Layer).Decided(
            rows.Select(row => curve.ClipIds[row.Clip]), rows.Select(row => curve.Speakers[row.Clip]),
            [.. rows.Select(row => curve.Targets[row.Clip])],
            [.. rows.Select(row => row.Layer.Predicted[row.Clip])], (_, label) => curve.Emotions[label]).Build();
    }

    /// <summary>A row per share of the labels: <c>features, fraction, labels, waf, waf_low, waf_high</c>.</summary>
    /// <param name="curve">The curve.</param>
    public static DataFrame ToDataFrame(this FractionCurve curve) => new FrameBuilder()
        .Text("features", curve.Points.Select(_ => curve.Name)).Number("fraction", curve.Points.Select(point => point.Fraction))
        .Number("labels", curve.Points.Select(point => point.Labels)).Score("waf", [.. curve.Points.Select(point => point.Waf)]).Build();

    private static FrameBuilder Begin<T>(LayerCurve curve, IReadOnlyList<T> rows, Func<T, LayerScore> layerOf) =>
        new FrameBuilder().Text("encoder", rows.Select(_ => curve.Encoder)).Whole("layer", rows.Select(row => layerOf(row).Layer));
}
