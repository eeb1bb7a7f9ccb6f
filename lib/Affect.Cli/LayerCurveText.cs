namespace Affect.Cli;

/// <summary>A layer curve as lines of text.</summary>
internal static class LayerCurveText
{
    internal static string Of(LayerCurve curve)
    {
        var text = new StringBuilder();
        var speakers = curve.Speakers.Distinct(StringComparer.Ordinal).Count();
        Line(text, $"{curve.Corpus}{(curve.IsSynthetic ? " (synthetic)" : "")}: {curve.ClipIds.Count} clips of {speakers} speakers, {curve.Emotions.Count} emotions, {curve.Folds} speaker-disjoint folds");
        if (curve.Encoder.Length > 0) Line(text, $"{curve.Encoder}{(curve.Config.NormaliseBySpeaker ? ", normalised by speaker" : "")}");
        text.AppendLine();
        Line(text, $"{"layer",12}  {"WAF",-34}  {"UAR",-34}  {"accuracy",-34}  C by fold");
        var best = curve.Best(curve.Config.Criterion).Layer;
        foreach (var layer in curve.Layers)
            Row(text, $"{(layer.Layer == best && curve.Layers.Count > 1 ? "* " : "")}{layer.Layer}", layer.Waf, layer.Uar, layer.Accuracy, layer.Folds);
        if (curve.WeightedSum is { } sum) Row(text, "weighted sum", sum.Waf, sum.Uar, sum.Accuracy, sum.Folds);
        Line(text, $"{"chance",12}  {curve.Chance.Waf,-34:F3}  {curve.Chance.Uar,-34:F3}  {curve.Chance.Accuracy:F3}");
        text.AppendLine();
        Line(text, $"Intervals: {curve.Config.IntervalLevel:P0} by leaving out each of {speakers} speakers in turn{(speakers < PairedComparison.MinimumSpeakers ? "; with so few they say next to nothing" : "")}.");
        if (curve.WeightedSum is { } weighted) Line(text, $"Weights of the layers in the sum: {string.Join(" ", weighted.Weights.Select(weight => weight.ToString("F3", CultureInfo.InvariantCulture)))}.");
        if (curve.Range is { } range) text.AppendLine(range.Sentence);
        if (curve.Unsettled > 0) Line(text, $"{curve.Unsettled} probes had not settled after the solver's last step; their scores are approximate.");
        return text.ToString().TrimEnd();
    }

    private static void Row(StringBuilder text, string name, Interval waf, Interval uar, Interval accuracy, IReadOnlyList<FoldScore> folds) =>
        Line(text, $"{name,12}  {waf,-34}  {uar,-34}  {accuracy,-34}  {string.Join(" ", folds.Select(fold => fold.Penalty.ToString(CultureInfo.InvariantCulture)))}");

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
