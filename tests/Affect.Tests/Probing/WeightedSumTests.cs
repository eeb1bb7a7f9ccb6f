namespace Affect.Tests.Probing;

/// <summary>The learned weighted sum of layers and the map of their similarity.</summary>
public sealed class WeightedSumTests
{
    [Fact]
    public void The_layer_with_the_signal_gets_the_weight()
    {
        var curve = LayerProbe.Run(Planted.Task(layer => layer == 4 ? 10 : 0, speakers: 15, each: 20), new ProbeConfig { Penalties = [0.01, 0.1] });
        var sum = curve.WeightedSum!;
        Assert.Equal(6, sum.Weights.Count);
        Assert.Equal(1, sum.Weights.Sum(), 1e-5);
        Assert.All(sum.FoldWeights, weights => Assert.Equal(1, weights.Sum(), 1e-5));
        Assert.Equal(4, sum.Weights.Index().MaxBy(pair => pair.Item).Index);
        Assert.True(sum.Weights[4] > 0.4, $"its weight is {sum.Weights[4]}");
        Assert.True(sum.Waf.Value > curve.Layers[4].Waf.Value - 0.1, $"{sum.Waf} against the layer's own {curve.Layers[4].Waf}");
        Assert.All(sum.Folds, fold => Assert.Contains(fold.Penalty, curve.Config.Penalties));
    }

    [Fact]
    public void Layers_that_are_copies_of_each_other_get_equal_weights()
    {
        var task = Planted.Task(_ => 6, layers: 1);
        const int copies = 4;
        var dims = task.Features.Dims;
        var values = new float[task.Features.Values.Length * copies];
        for (var row = 0; row < task.Labels.Count * copies; row++) task.Features.Row(row / copies, 0).CopyTo(values.AsSpan(row * dims));
        var curve = LayerProbe.Run(Planted.Of(values, copies, dims, [.. task.Labels], [.. task.Speakers]), new ProbeConfig { Penalties = [0.1] });
        Assert.All(curve.WeightedSum!.Weights, weight => Assert.Equal(0.25, weight, 1e-4));
        // Four copies, each a quarter: the same features, so the same probe.
        Assert.Equal(curve.Layers[0].Waf.Value, curve.WeightedSum.Waf.Value, 0.02);
        Assert.All(curve.Similarity!, row => Assert.All(row, value => Assert.Equal(1, value, 1e-9)));
    }

    // As in a real encoder: neighbours are alike, few directions hold most of the variance. The top layer's weight nears 1 over hundreds of steps that gain
    // little each; stopped early, rounding decides how far it got.
    [Theory]
    [InlineData(0.1)]
    [InlineData(1)]
    public void Weights_are_the_same_to_three_decimals_whatever_the_last_digits_of_the_features(double penalty)
    {
        using var scope = NewDisposeScope();
        var task = Planted.Task(_ => 6, layers: 9, speakers: 20, each: 20, dims: 64);
        var (planted, labels) = task.Part(task.Folds[0].Train);
        var layers = (planted / arange(1, 65).to(float32)).unbind(1);
        for (var layer = 1; layer < layers.Length; layer++) layers[layer] = 0.9 * layers[layer - 1] + 0.44 * layers[layer];
        var turned = stack(layers, 1).Times(randn([64, 64], generator: new Generator(2)));
        var features = turned + 0.01 * randn(turned.shape, generator: new Generator(3));
        var moved = features * (1 + 5e-6 * randn(features.shape, generator: new Generator(1)));
        var probe = new WeightedSumProbe(penalty);
        foreach (var (weight, again) in probe.Fit(features, labels).Weights.Zip(probe.Fit(moved, labels).Weights)) Assert.Equal(weight, again, 1e-4);
    }

    [Fact]
    public void A_single_layer_has_neither_a_sum_nor_a_map()
    {
        var curve = LayerProbe.Run(Planted.Task(_ => 1, layers: 1), new ProbeConfig { Penalties = [0.1] });
        Assert.Null(curve.WeightedSum);
        Assert.Null(curve.Similarity);
    }

    [Fact]
    public void The_map_is_drawn_on_some_of_the_clips_where_there_are_too_many()
    {
        var task = Planted.Task(layer => layer, layers: 3);
        var all = LayerProbe.Run(task, new ProbeConfig { Penalties = [0.1] }).Similarity!;
        var some = LayerProbe.Run(task, new ProbeConfig { Penalties = [0.1], SimilarityClips = 60 }).Similarity!;
        Assert.NotEqual(all[0][2], some[0][2]);
        Assert.Equal(1, some[1][1], 1e-9);
        Assert.Equal(some[0][2], some[2][0]);
    }
}
