namespace Affect.Notebook.Tests.Formatting;

public sealed class RecordedResultTests
{
    [Fact]
    public void A_curve_is_recorded_with_its_scores_and_without_single_decisions()
    {
        var curve = LayerCurves.Small();
        var recorded = Shown.Forms(RecordedResult.Of("layer_curve", curve))["application/vnd.affect.result+json"];
        Assert.Equal("layer_curve", (string?)recorded["name"]);
        var value = recorded["value"]!;
        Assert.Equal(curve.Layers.Count, value["layers"]!.AsArray().Count);
        Assert.Equal(Math.Round(curve.Layers[0].Waf.Low, 6), (double)value["layers"]![0]!["waf"]!["low"]!);
        Assert.Equal(curve.Best().Layer, (int)value["best_layer"]!);
        Assert.Null(value["targets"]);
    }

    [Fact]
    public void Any_numbers_are_recorded_under_names_that_programs_read()
    {
        var recorded = RecordedResult.Of("corpus", new { ClipCount = 540, Chance = 0.2 });
        Assert.Equal("""{"clip_count":540,"chance":0.2}""", recorded.Value.ToJsonString());
        Assert.Equal("recorded: corpus", recorded.ToString());
    }

    [Fact]
    public void A_comparison_is_recorded_with_the_interval_of_its_difference()
    {
        int[] target = [0, 1, 0, 1, 0, 1];
        var comparison = PairedComparison.Of(target, target, [0, 0, 0, 1, 1, 1], 2, ["a", "a", "b", "b", "c", "c"]);
        var difference = RecordedResult.Of("trained_minus_random", comparison).Value["difference"]!;
        Assert.Equal(Math.Round(comparison.Difference.Value, 6), (double)difference["value"]!);
        Assert.True((double)difference["low"]! <= (double)difference["high"]!);
    }
}
