namespace Affect.Tests.Probing;

/// <summary>The logistic regression by itself: what it chooses, keeps and refuses.</summary>
public sealed class LinearProbeTests : IDisposable
{
    private static readonly ProbeTask Task = Planted.Task(_ => 6, layers: 2);
    private static readonly ProbeConfig Choice = new() { Penalties = [0.0001, 0.01, 1, 100] };

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Tensor features;
    private readonly ProbeLabels labels;

    public LinearProbeTests() => (features, labels) = Task.Part(Task.Folds[0].Train, layer: 0);

    [Fact]
    public void Its_penalty_is_that_which_scores_highest_on_inner_speakers()
    {
        var fitted = new LinearProbe(Choice).Fit(features, labels);
        Assert.Contains(fitted.Penalty, Choice.Penalties);
        var given = new LinearProbe(fitted.Penalty).Fit(features, labels);
        Assert.Equal(given.Predict(features), fitted.Predict(features));
        // One part per inner speaker, as where a corpus prescribes its only division: the layer curve makes the same choice.
        var curve = LayerProbe.Run(new ProbeTask(Task.Features, Task.Labels, Task.Speakers, [Task.Folds[0]], Task.Emotions), Choice with { WeightedSum = false, Similarity = false });
        Assert.Equal(fitted.Penalty, curve.Layers[0].Folds[0].Penalty);
        var (held, truth) = Task.Part(Task.Folds[0].Held, layer: 0);
        Assert.Equal(curve.Layers[0].Predicted, fitted.Predict(held));
        Assert.Equal(curve.Layers[0].Waf.Value, fitted.Score(held, truth), 1e-12);
    }

    [Fact]
    public void A_layer_curve_of_it_is_the_same_whether_its_penalties_share_their_fits_or_not()
    {
        var config = new ProbeConfig { Penalties = [0.1], WeightedSum = false, Similarity = false };
        var (shared, alone) = (LayerProbe.Run(Task, config), LayerProbe.Run(Task, config, new OnlyFit(new LinearProbe(0.1))));
        foreach (var (one, other) in shared.Layers.Zip(alone.Layers)) Assert.Equal((one.Waf, one.LogLoss), (other.Waf, other.LogLoss));
        Assert.Equal(0, alone.Layers[0].Folds[0].Penalty); // it says of none
    }

    [Fact]
    public void Errors_name_what_is_wrong()
    {
        var silent = new ProbeLabels(labels.Values, labels.Classes);
        Assert.StartsWith("labels must name speakers", Assert.Throws<ArgumentException>(() => new LinearProbe(Choice).Fit(features, silent)).Message, StringComparison.Ordinal);
        var one = new ProbeLabels(labels.Values, labels.Classes, [.. labels.Values.Select(_ => "anna")]);
        Assert.StartsWith(
            "labels must have at least 2 speakers to learn from", Assert.Throws<ArgumentException>(() => new LinearProbe(Choice).Fit(features, one)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "features must be [clips, dims] = [1, ?], but was [96, 16].",
            Assert.Throws<ArgumentException>(() => new LinearProbe(1).Fit(features, new ProbeLabels([0]))).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "features must be [clips, dims] = [?, 16], but was [96, 15].",
            Assert.Throws<ArgumentException>(() => new LinearProbe(1).Fit(features, labels).Predict(features.narrow(1, 0, 15))).Message, StringComparison.Ordinal);
        Assert.StartsWith("values must be between 0 and 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new ProbeLabels([0, 2], classes: 2)).Message, StringComparison.Ordinal);
        Assert.StartsWith("speakers must be one per clip, 1, but are 2.", Assert.Throws<ArgumentException>(() => new ProbeLabels([0], 1, ["a", "b"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_are_named()
    {
        Assert.Throws<FileNotFoundException>(() => FittedProbe.Load(folder.Path));
        new LinearProbe(1).Fit(features, labels).Save(folder.Path);
        Assert.Equal(1, FittedProbe.Load(folder.Path).Penalty);
        File.WriteAllText(folder.In("probe.json"), "{");
        Assert.StartsWith($"{folder.In("probe.json")} must describe a fitted probe", Assert.Throws<FormatException>(() => FittedProbe.Load(folder.Path)).Message, StringComparison.Ordinal);
        SafetensorsWriter.Write(folder.In("probe.safetensors"), new Dictionary<string, Tensor> { ["mean"] = zeros(3) });
        Assert.Contains("must hold 'mean' as float64", Assert.Throws<FormatException>(() => FittedProbe.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private sealed class OnlyFit(LinearProbe probe) : IProbe
    {
        public IFittedProbe Fit(Tensor features, ProbeLabels labels, CancellationToken cancel = default) => probe.Fit(features, labels, cancel);
    }
}
