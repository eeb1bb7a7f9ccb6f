namespace Affect.Notebook.Formatting;

/// <summary>Reports as tables. Where files lie on this machine is left out: outputs are committed.</summary>
internal static class ReportFormat
{
    internal static ShownTable Of(Corpus corpus)
    {
        var counts = corpus.ClassCounts();
        return ShownTable.Pairs($"{corpus.Name}{(corpus.IsSynthetic ? ", synthetic" : "")}",
            ("clips", corpus.Clips.Count),
            ("labelled", counts.Sum()),
            ("speakers", corpus.Speakers.Count),
            ("emotions", string.Join(", ", corpus.Emotions.Select((emotion, index) => string.Create(CultureInfo.InvariantCulture, $"{emotion} {counts[index]}")))),
            ("parts", string.Join(", ", corpus.Clips.GroupBy(clip => clip.Split ?? "none").Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Count()}")))))
            with
        { Note = string.Join(" ", corpus.Warnings.Select(warning => $"Warning: {warning}")) };
    }

    internal static ShownTable Of(LayerCurve curve)
    {
        var best = curve.Best();
        var sum = curve.WeightedSum is { } weighted ? $" A learned sum of all layers: WAF {weighted.Waf}." : "";
        return new ShownTable
        {
            Caption = string.Create(CultureInfo.InvariantCulture,
                $"{curve.Encoder}: a linear probe on each layer, {curve.ClipIds.Count} clips of {curve.Corpus}{(curve.IsSynthetic ? " (synthetic)" : "")}, {curve.Folds} speaker-disjoint folds"),
            Columns = ["layer", "WAF", "UAR", "accuracy", "log loss"],
            Rows = [.. curve.Layers.Select(layer => (string[])
                [ValueText.Cell(layer.Layer), layer.Waf.ToString(), layer.Uar.ToString(), layer.Accuracy.ToString(), layer.LogLoss.ToString("F3", CultureInfo.InvariantCulture)])],
            Note = string.Create(CultureInfo.InvariantCulture, $"Highest WAF at layer {best.Layer}: {best.Waf}; guessing {curve.Chance.Waf:F3}.{sum}"),
        };
    }

    internal static ShownTable Of(ExtractionReport report)
    {
        var rate = report.Elapsed.TotalSeconds > 0.05 ? report.AudioSeconds / report.Elapsed.TotalSeconds : 0;
        return ShownTable.Pairs("",
            ("clips", report.Clips),
            ("found from before", report.Found),
            ("encoded now", report.Encoded),
            ("failed", report.Failures.Count == 0 ? "none" : string.Join("; ", report.Failures.Select(failure => $"{failure.ClipId}: {failure.Reason}"))),
            ("sound encoded", string.Create(CultureInfo.InvariantCulture, $"{report.AudioSeconds:0.#} s")),
            ("took", string.Create(CultureInfo.InvariantCulture, $"{report.Elapsed.TotalSeconds:0.#} s{(report.Encoded > 0 && rate > 0 ? $", {rate.ToString("0.#", CultureInfo.InvariantCulture)} s of sound/s" : "")}")));
    }

    internal static ShownTable Of(FeatureTable table) => ShownTable.Pairs("",
        ("features", string.Create(CultureInfo.InvariantCulture, $"[clips, layers, dims] = [{table.ClipIds.Count}, {table.Layers}, {table.Dims}]")),
        ("layers", string.Create(CultureInfo.InvariantCulture, $"{table.FirstLayer} to {table.FirstLayer + table.Layers - 1}")),
        ("clips", table.ClipIds));

    internal static ShownTable Of(Scores scores) => ShownTable.Pairs("",
        ("clips", scores.Count),
        ("WAF (weighted F1)", ScoreText.Of(scores.Waf)),
        ("UAR (mean recall)", ScoreText.Of(scores.Uar)),
        ("accuracy", ScoreText.Of(scores.Accuracy)),
        ("macro F1", ScoreText.Of(scores.MacroF1)),
        ("F1 by class", string.Join(", ", scores.PerClassF1.Select(ScoreText.Of))));
}
