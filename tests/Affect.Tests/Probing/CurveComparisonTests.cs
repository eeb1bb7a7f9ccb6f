namespace Affect.Tests.Probing;

public sealed class CurveComparisonTests
{
    private static readonly ProbeConfig Config = new() { Penalties = [0.1], Similarity = false };

    [Fact]
    public void A_curve_does_not_differ_from_itself()
    {
        var curve = LayerProbe.Run(Planted.Task(layer => layer, layers: 3), Config);
        Assert.Equal(0, curve.CompareBest(curve).Difference.Value);
        Assert.False(curve.CompareBest(curve).IsDistinguishable);
        Assert.Equal(0, curve.CompareSums(curve).Difference.Value);
    }

    [Fact]
    public void Best_layers_are_compared_speaker_by_speaker()
    {
        var strong = LayerProbe.Run(Planted.Task(layer => layer, layers: 3), Config);
        var weak = LayerProbe.Run(Planted.Task(_ => 0, layers: 3), Config);
        var comparison = strong.CompareBest(weak);
        Assert.Equal(strong.Best().Waf.Value - weak.Best().Waf.Value, comparison.Difference.Value, 12);
        Assert.Equal(strong.Best().Waf, comparison.First);
        Assert.True(comparison.Difference.Low > 0);
    }

    [Fact]
    public void Curves_of_other_clips_and_curves_without_a_sum_are_refused()
    {
        var task = Planted.Task(layer => layer, layers: 3);
        var curve = LayerProbe.Run(task, Config);
        var without = LayerProbe.Run(task, Config with { WeightedSum = false });
        Assert.StartsWith("other must have a learned sum", Assert.Throws<ArgumentException>(() => curve.CompareSums(without)).Message, StringComparison.Ordinal);
        var strangers = curve with { ClipIds = [.. curve.ClipIds.Reverse()] };
        Assert.StartsWith("other must be measured on the same clips", Assert.Throws<ArgumentException>(() => curve.CompareBest(strangers)).Message, StringComparison.Ordinal);
    }
}
