namespace Affect.Cli.Output;

/// <summary>A layer curve as a table and what is to be said of it.</summary>
internal static class LayerCurveText
{
    internal static void Show(LayerCurve curve)
    {
        var speakers = curve.Speakers.Distinct(StringComparer.Ordinal).Count();
        Say.Result($"{curve.Corpus}{(curve.IsSynthetic ? " (synthetic)" : "")}: {curve.ClipIds.Count} clips of {speakers} speakers, "
            + $"{curve.Emotions.Count} emotions, {curve.Folds} speaker-disjoint folds");
        if (curve.Encoder.Length > 0) Say.Result($"{curve.Encoder}{(curve.Config.NormaliseBySpeaker ? ", normalised by speaker" : "")}");
        var best = curve.Layers.Count > 1 ? curve.Best(curve.Config.Criterion).Layer : -1;
        string Mark(int layer) => layer == best ? "* " : "";
        var rows = curve.Layers.Select(layer => Row($"{Mark(layer.Layer)}{layer.Layer}", layer.Waf, layer.Uar, layer.Accuracy, layer.Folds)).ToList();
        if (curve.WeightedSum is { } sum) rows.Add(Row("weighted sum", sum.Waf, sum.Uar, sum.Accuracy, sum.Folds));
        rows.Add(["chance", $"{curve.Chance.Waf:F3}", $"{curve.Chance.Uar:F3}", $"{curve.Chance.Accuracy:F3}", ""]);
        Say.Table("", ["layer", "WAF", "UAR", "accuracy", "C by fold"], rows);
        Say.Result("");
        var doubt = speakers < PairedComparison.MinimumSpeakers ? "; with so few they say next to nothing" : "";
        Say.Result($"Intervals: {curve.Config.IntervalLevel:P0} by leaving out each of {speakers} speakers in turn{doubt}.");
        if (curve.WeightedSum is { } weighted)
            Say.Result($"Weights of the layers in the sum: {string.Join(" ", weighted.Weights.Select(weight => $"{weight:F3}"))}.");
        if (curve.Range is { } range) Say.Result($"{range.Sentence}");
        if (curve.Unsettled > 0) Say.Result($"{curve.Unsettled} probes had not settled after the solver's last step; their scores are approximate.");
    }

    private static string[] Row(string name, Interval waf, Interval uar, Interval accuracy, IReadOnlyList<FoldScore> folds) =>
        [name, $"{waf}", $"{uar}", $"{accuracy}", string.Join(" ", folds.Select(fold => $"{fold.Penalty}"))];
}
