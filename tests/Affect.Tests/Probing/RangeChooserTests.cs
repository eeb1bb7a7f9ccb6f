namespace Affect.Tests.Probing;

/// <summary>The chooser finds a hump, and says so when there is none.</summary>
public sealed class RangeChooserTests
{
    [Fact]
    public void A_hump_is_found_in_place_and_width()
    {
        var curve = Curve(layer => layer is >= 5 and <= 8 ? 0.6 : 0.4, noise: 0.02);
        var choice = curve.BestRange(width: 4);
        Assert.Equal((5, 8), (choice.Range.First, choice.Range.Last));
        Assert.False(choice.IsFlat);
        Assert.Equal(0.2, choice.Lead.Value, 0.03);
        Assert.Equal(choice.Inside - choice.Outside, choice.Lead.Value, 0.02);
        Assert.StartsWith("Layers 5 to 8 have the highest mean WAF, 0.", choice.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flat_curve_is_said_to_be_flat_nineteen_times_of_twenty()
    {
        var flat = Enumerable.Range(1, 200).Count(seed => Curve(_ => 0.5, noise: 0.03, seed: seed).BestRange(width: 4).IsFlat);
        Assert.InRange(flat, 185, 200);
        var choice = Curve(_ => 0.5, noise: 0.03).BestRange(width: 4);
        Assert.StartsWith("The curve is too flat to choose: layers ", choice.Sentence, StringComparison.Ordinal);
        Assert.True(choice.Inside > choice.Outside, "the best run looks better than the rest even on noise");
    }

    [Fact]
    public void The_input_of_the_first_block_takes_part_only_when_asked_to()
    {
        var curve = Curve(layer => layer <= 1 ? 0.7 : 0.4, noise: 0.01);
        Assert.Equal((1, 2), (curve.BestRange(2).Range.First, curve.BestRange(2).Range.Last));
        Assert.Equal((0, 1), (curve.BestRange(2, includeInput: true).Range.First, curve.BestRange(2, includeInput: true).Range.Last));
    }

    [Fact]
    public void Of_equal_runs_the_lowest_is_taken()
    {
        var choice = Curve(_ => 0.5, noise: 0).BestRange(3);
        Assert.Equal(1, choice.Range.First);
        Assert.True(choice.IsFlat);
    }

    [Fact]
    public void The_criterion_decides_which_score_is_averaged()
    {
        var curve = Curve(layer => layer >= 9 ? 0.6 : 0.4, noise: 0.01, uar: layer => layer <= 4 ? 0.6 : 0.4);
        Assert.Equal(9, curve.BestRange(4, Metric.Waf).Range.First);
        Assert.Equal(1, curve.BestRange(4, Metric.Uar).Range.First);
        Assert.Contains("mean UAR", curve.BestRange(4, Metric.Uar).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void One_fold_cannot_confirm_a_choice()
    {
        var choice = Curve(layer => layer is >= 5 and <= 8 ? 0.6 : 0.4, noise: 0.01, folds: 1).BestRange(4);
        Assert.True(choice.IsFlat);
        Assert.StartsWith("The curve cannot be judged from one fold", choice.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_width_that_leaves_nothing_outside_is_told()
    {
        var curve = Curve(_ => 0.5, noise: 0.01);
        Assert.StartsWith(
            "width must leave a layer outside to compare with: at most 11 of the curve's 12 layers.",
            Assert.Throws<ArgumentOutOfRangeException>(() => curve.BestRange(12)).Message, StringComparison.Ordinal);
        Assert.StartsWith("width must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => curve.BestRange(0)).Message, StringComparison.Ordinal);
    }

    private static LayerCurve Curve(Func<int, double> waf, double noise, int seed = 1, int folds = 5, Func<int, double>? uar = null)
    {
        var random = new SeededRandom(seed);
        var foldLevel = Enumerable.Range(0, folds).Select(_ => 0.05 * random.Normal()).ToArray(); // some folds are harder at every layer
        var none = new Interval { Value = 0, Low = 0, High = 0 };
        var layers = Enumerable.Range(0, 13).Select(layer => new LayerScore
        {
            Layer = layer,
            Waf = none,
            Uar = none,
            Accuracy = none,
            MacroF1 = 0,
            LogLoss = 0,
            PerClassF1 = [],
            Penalties = [],
            Predicted = [],
            Folds = [.. foldLevel.Select((level, fold) => new FoldScore
            {
                Fold = fold, Clips = 1, Penalty = 1, Accuracy = 0, MacroF1 = 0,
                Waf = waf(layer) + level + noise * random.Normal(), Uar = (uar ?? waf)(layer) + level + noise * random.Normal(),
            })],
        }).ToArray();
        return new LayerCurve
        {
            Config = new ProbeConfig(),
            Emotions = [],
            ClipIds = [],
            Targets = [],
            Speakers = [],
            Folds = folds,
            Layers = layers,
            Chance = ChanceLevel.Of([0], 1),
        };
    }
}
