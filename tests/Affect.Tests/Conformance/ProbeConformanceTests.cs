using System.Collections.ObjectModel;

namespace Affect.Tests.Conformance;

/// <summary>What holds of every probe, of one that a researcher writes in a cell too.</summary>
public sealed class ProbeConformanceTests
{
    private static readonly ProbeTask Task = Planted.Task(layer => layer == 1 ? 3.5 : 0.5, layers: 2);

    private static readonly ReadOnlyDictionary<string, IProbe> All = new Dictionary<string, IProbe>
    {
        ["linear, C given"] = new LinearProbe(0.1),
        ["linear, C chosen"] = new LinearProbe(new ProbeConfig { Penalties = [0.01, 1] }),
        ["weighted sum of one layer"] = new OneLayer(new WeightedSumProbe(0.1)),
        ["nearest class mean, from a cell"] = new NearestMean(),
        ["gradient descent, from a cell"] = new Descent(),
    }.AsReadOnly();

    public static TheoryData<string> Names => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_reads_strangers_well_says_how_sure_it_is_and_does_so_again(string name)
    {
        using var scope = NewDisposeScope();
        var (features, labels) = Task.Part(Task.Folds[0].Train, layer: 1);
        var (held, truth) = Task.Part(Task.Folds[0].Held, layer: 1);
        var before = features.clone();
        var fitted = All[name].Fit(features, labels);
        Assert.True(features.equal(before).all().ToBoolean(), "the features stay the caller's");
        Assert.True(fitted.HasSettled);

        var probabilities = fitted.Probabilities(held);
        Assert.Equal([held.shape[0], 3], probabilities.shape);
        Assert.Equal(ScalarType.Float32, probabilities.dtype);
        Assert.All(probabilities.data<float>().ToArray(), value => Assert.InRange(value, 0, 1));
        Assert.All(probabilities.sum(new long[] { 1 }).data<float>().ToArray(), sum => Assert.Equal(1, sum, 1e-5));
        Assert.Equal(probabilities.argmax(1).data<long>().ToArray().Select(label => (int)label), fitted.Predict(held));
        Assert.Equal(Scores.Of(truth.Values, fitted.Predict(held), 3).Uar, fitted.Score(held, truth, Metric.Uar), 1e-12);
        Assert.True(fitted.Score(held, truth) > 0.55, $"{fitted.Score(held, truth)}");
        Assert.Equal(probabilities.data<float>().ToArray(), All[name].Fit(features, labels).Probabilities(held).data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_class_that_it_has_not_met_is_never_decided_for(string name)
    {
        using var scope = NewDisposeScope();
        var (features, labels) = Task.Part([.. Task.Folds[0].Train.Where(clip => Task.Labels[clip] != 2)], layer: 1);
        Assert.DoesNotContain(2, All[name].Fit(features, labels).Predict(Task.Part(Task.Folds[0].Held, layer: 1).Features));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Layer_curves_and_fraction_curves_take_it(string name)
    {
        var config = new ProbeConfig { Penalties = [0.1], WeightedSum = true, Similarity = false };
        var curve = LayerProbe.Run(Task, config, All[name]);
        Assert.Equal(1, curve.Best().Layer);
        Assert.True(curve.Layers[1].Waf.Low > curve.Chance.Waf);
        Assert.Equal(All[name] is LinearProbe, curve.WeightedSum is not null);
        Assert.All(curve.Layers[1].Folds, fold => Assert.Contains(fold.Penalty, All[name].Penalties));
        Assert.Equal(curve.ToJson(), LayerProbe.Run(Task, config, All[name]).ToJson());

        var corpus = new Corpus("planted", ".", new EmotionSet(Planted.Emotions), [.. Task.Features.ClipIds.Select((id, clip) =>
            new Clip { Id = id, Speaker = Task.Speakers[clip], Emotion = Planted.Emotions[Task.Labels[clip]], Split = SplitNames.Train })]);
        var shares = new FractionConfig { Fractions = [0.3, 1], Seeds = [1], Penalties = [0.1] };
        var points = FractionProbe.Run("planted", Task.Features.Layer(1), corpus, corpus.Folds(5), shares, All[name]).Points;
        Assert.True(points[1].Waf.Value > 0.55 && points[1].Waf.Value > points[0].Waf.Value, $"{points[0].Waf} {points[1].Waf}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_is_left_behind(string name)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var scope = NewDisposeScope())
        {
            var (features, labels) = Task.Part(Task.Folds[0].Train, layer: 1);
            All[name].Fit(features, labels).Predict(features);
            Assert.ThrowsAny<Exception>(() => All[name].Fit(features, labels).Predict(features.narrow(1, 0, 3)));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // As it would stand in a notebook.
    // Learns by the gradients that torch records, which are off in most of the library's work.
    private sealed class Descent : IProbe
    {
        public IFittedProbe Fit(Tensor features, ProbeLabels labels, CancellationToken cancel = default)
        {
            var (weights, bias, targets) = (nn.Parameter(zeros(features.shape[1], labels.Classes)), nn.Parameter(zeros(labels.Classes)), labels.OneHot());
            var optimizer = optim.SGD([weights, bias], 0.5);
            for (var step = 0; step < 100; step++)
            {
                optimizer.zero_grad();
                var fitted = (features.mm(weights) + bias).log_softmax(1);
                (-(targets * fitted).sum(1).mean() + 0.01 * weights.square().sum()).backward();
                optimizer.step();
            }
            return new Fitted(weights.detach(), bias.detach());
        }

        private sealed class Fitted(Tensor weights, Tensor bias) : IFittedProbe
        {
            public Tensor Probabilities(Tensor features) => (features.mm(weights) + bias).softmax(1);
        }
    }

    private sealed class NearestMean : IProbe
    {
        public IFittedProbe Fit(Tensor features, ProbeLabels labels, CancellationToken cancel = default)
        {
            var isOf = Enumerable.Range(0, labels.Classes).Select(label => labels.Values.Select(value => value == label).ToArray());
            return new Fitted(stack([.. isOf.Select(mask => features[tensor(mask)].mean(new long[] { 0 }))]));
        }

        private sealed class Fitted(Tensor means) : IFittedProbe
        {
            public Tensor Probabilities(Tensor features) => cdist(features, means).neg().nan_to_num(double.NegativeInfinity).softmax(1);
        }
    }

    private sealed class OneLayer(WeightedSumProbe probe) : IProbe
    {
        public IFittedProbe Fit(Tensor features, ProbeLabels labels, CancellationToken cancel = default) => probe.Fit(features.unsqueeze(1), labels, cancel);
    }
}
