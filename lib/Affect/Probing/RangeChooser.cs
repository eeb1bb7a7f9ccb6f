namespace Affect.Probing;

/// <summary>Finds the best run of neighbouring layers and asks whether the other folds would have found a good one too.</summary>
internal static class RangeChooser
{
    internal static RangeChoice Choose(IReadOnlyList<LayerScore> layers, int width, Metric criterion)
    {
        Require.AtLeast(1, width, nameof(width));
        if (width >= layers.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), width, FormattableString.Invariant($"width must leave a layer outside to compare with: at most {layers.Count - 1} of the curve's {layers.Count} layers."));
        }
        var folds = layers[0].Folds.Count;
        var scores = Enumerable.Range(0, folds)
            .Select(fold => layers.Select(layer => LayerScore.FoldValue(layer.Folds[fold], criterion)).ToArray()).ToArray();
        var mean = Mean(scores, without: -1);
        var start = BestStart(mean, width);
        var (inside, outside) = InsideOutside(mean, start, width);
        var range = new LayerRange(layers[start].Layer, layers[start + width - 1].Layer);
        var lead = Lead(scores, width, inside - outside);
        return new RangeChoice
        {
            Range = range,
            Criterion = criterion,
            Inside = inside,
            Outside = outside,
            Lead = lead,
            Sentence = Say(range, layers.Count - width, criterion, inside, outside, lead, folds),
        };
    }

    // Each fold is scored on the run that the others choose, so the choice has not seen what it is scored on.
    private static Interval Lead(double[][] scores, int width, double apparent)
    {
        if (scores.Length < 2) return new Interval { Value = apparent, Low = double.MinValue, High = double.MaxValue };
        var leads = new double[scores.Length];
        for (var fold = 0; fold < scores.Length; fold++)
        {
            var start = BestStart(Mean(scores, without: fold), width);
            var (inside, outside) = InsideOutside(scores[fold], start, width);
            leads[fold] = inside - outside;
        }
        var mean = leads.Average();
        var variance = leads.Sum(lead => (lead - mean) * (lead - mean)) / (leads.Length - 1);
        var half = StudentT.Quantile(0.05, leads.Length - 1) * Math.Sqrt(variance / leads.Length);
        return new Interval { Value = mean, Low = mean - half, High = mean + half };
    }

    private static double[] Mean(double[][] scores, int without)
    {
        var folds = scores.Where((_, fold) => fold != without).ToArray();
        return [.. Enumerable.Range(0, scores[0].Length).Select(layer => folds.Average(fold => fold[layer]))];
    }

    private static int BestStart(double[] scores, int width)
    {
        var best = 0;
        for (var start = 1; start + width <= scores.Length; start++)
            if (Sum(scores, start, width) > Sum(scores, best, width) + 1e-12) best = start; // equal up to rounding: the lower run
        return best;
    }

    private static (double Inside, double Outside) InsideOutside(double[] scores, int start, int width)
    {
        var inside = Sum(scores, start, width);
        return (inside / width, (scores.Sum() - inside) / (scores.Length - width));
    }

    private static double Sum(double[] scores, int start, int width) => scores.AsSpan(start, width).ToArray().Sum();

    private static string Say(LayerRange range, int others, Metric criterion, double inside, double outside, Interval lead, int folds)
    {
        var name = criterion switch { Metric.Waf => "WAF", Metric.Uar => "UAR", Metric.Accuracy => "accuracy", _ => "macro F1" };
        var found = string.Create(
            CultureInfo.InvariantCulture, $"{range} {(range.Width == 1 ? "has" : "have")} the highest mean {name}, {inside:F3} against {outside:F3} of the other {others}");
        if (folds < 2) return $"The curve cannot be judged from one fold: {found}, but no other fold confirms it.";
        var confirmed = string.Create(
            CultureInfo.InvariantCulture, $"chosen on the other folds, the best run leads by {lead.Value:F3} [{lead.Low:F3}, {lead.High:F3}] on the fold left out");
        return lead.Low > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(found[0])}{found[1..]}; {confirmed}.")
            : $"The curve is too flat to choose: {found}, but {confirmed}, which may be none.";
    }
}
