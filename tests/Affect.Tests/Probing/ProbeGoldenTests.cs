namespace Affect.Tests.Probing;

/// <summary>Probes against scikit-learn's logistic regression, layer by layer and penalty by penalty.</summary>
public sealed class ProbeGoldenTests
{
    private const double LogLossTolerance = 1e-3;

    [Fact]
    public void Every_layer_and_penalty_scores_as_in_scikit_learn()
    {
        var expected = Expected();
        double[] penalties = [.. expected.Select(result => result.C).Distinct().Order()];
        var grid = LayerProbe.Grid(GoldenTask(), new ProbeConfig { Penalties = penalties });
        Assert.Equal(expected.Length, grid.Sum(layer => layer.Count));
        Assert.Equal(12, expected.Length);
        foreach (var result in expected)
        {
            var ours = grid[result.Layer].Single(score => score.Penalty == result.C);
            Assert.Equal(result.PooledWaf, ours.Waf, 1e-12);
            Assert.Equal(result.PooledUar, ours.Uar, 1e-12);
            Assert.Equal(result.LogLoss, ours.LogLoss, LogLossTolerance);
        }
    }

    [Fact]
    public void Every_fold_scores_as_in_scikit_learn()
    {
        var task = GoldenTask();
        foreach (var ofPenalty in Expected().GroupBy(result => result.C))
        {
            var curve = LayerProbe.Run(task, new ProbeConfig { Penalties = [ofPenalty.Key], WeightedSum = false, Similarity = false });
            Assert.Equal(0, curve.Unsettled);
            foreach (var result in ofPenalty)
            {
                var layer = curve.Layers[result.Layer];
                Assert.Equal(result.FoldWaf.Length, layer.Folds.Count);
                for (var fold = 0; fold < result.FoldWaf.Length; fold++) Assert.Equal(result.FoldWaf[fold], layer.Folds[fold].Waf, 1e-12);
                Assert.Equal(result.PooledWaf, layer.Waf.Value, 1e-12);
                Assert.Equal(result.LogLoss, layer.LogLoss, LogLossTolerance);
            }
        }
    }

    [Fact]
    public void A_probe_fitted_by_hand_scores_as_in_scikit_learn_also_after_it_was_saved()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var task = GoldenTask();
        foreach (var result in Expected())
            foreach (var (index, fold) in task.Folds.Index())
            {
                var (features, labels) = task.Part(fold.Train, result.Layer);
                var (held, truth) = task.Part(fold.Held, result.Layer);
                var fitted = new LinearProbe(result.C).Fit(features, labels);
                Assert.Equal(result.FoldWaf[index], fitted.Score(held, truth), 1e-12);
                fitted.Save(folder.Path);
                Assert.Equal(fitted.Probabilities(held).data<float>().ToArray(), FittedProbe.Load(folder.Path).Probabilities(held).data<float>().ToArray());
            }
    }

    // 240 clips of 24 dimensions are solved in feature space; with every feature repeated 10 times, in the space of clips. A feature that is
    // there r times at the same penalty is one with C · r, so the two must agree.
    [Fact]
    public void Both_forms_of_the_solver_agree()
    {
        const int times = 10;
        var task = GoldenTask();
        var (layers, dims) = (task.Features.Layers, task.Features.Dims);
        var wide = new float[task.Features.Values.Length * times];
        for (var row = 0; row < task.Labels.Count * layers; row++)
            for (var repeat = 0; repeat < times; repeat++)
                task.Features.Values.AsSpan(row * dims, dims).CopyTo(wide.AsSpan((row * times + repeat) * dims, dims));
        var repeated = new ProbeTask(
            new FeatureTable(task.Features.ClipIds, wide, layers, dims * times), task.Labels, task.Speakers, task.Folds, task.Emotions);
        var narrow = LayerProbe.Grid(task, new ProbeConfig { Penalties = [0.1, 10] });
        var broad = LayerProbe.Grid(repeated, new ProbeConfig { Penalties = [0.01, 1] });
        for (var layer = 0; layer < layers; layer++)
            for (var penalty = 0; penalty < 2; penalty++)
            {
                Assert.Equal(narrow[layer][penalty].Waf, broad[layer][penalty].Waf, 1e-12);
                Assert.Equal(narrow[layer][penalty].LogLoss, broad[layer][penalty].LogLoss, LogLossTolerance);
            }
    }

    private static ProbeTask GoldenTask()
    {
        using var file = SafetensorsFile.Open(Repository.Golden("probe", "case.safetensors"));
        using var features = file.Read("features");
        using var labels = file.Read("labels");
        using var speakers = file.Read("speaker");
        using var fold = file.Read("fold");
        var folds = fold.data<long>().ToArray();
        string[] ids = [.. Enumerable.Range(0, folds.Length).Select(clip => clip.ToString(CultureInfo.InvariantCulture))];
        return new ProbeTask(
            new FeatureTable(ids, features.data<float>().ToArray(), (int)features.shape[1], (int)features.shape[2]),
            [.. labels.data<long>().ToArray().Select(label => (int)label)],
            [.. speakers.data<long>().ToArray().Select(speaker => $"speaker {speaker}")],
            [.. Enumerable.Range(0, 5).Select(index => new Fold
            {
                Index = index,
                Train = [.. Enumerable.Range(0, folds.Length).Where(clip => folds[clip] != index)],
                Held = [.. Enumerable.Range(0, folds.Length).Where(clip => folds[clip] == index)],
            })],
            EmotionSet.Mer2024);
    }

    private static Result[] Expected()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Repository.Golden("probe", "expected.json")));
        return [.. golden.RootElement.GetProperty("results").EnumerateArray().Select(result => new Result(
            result.GetProperty("C").GetDouble(),
            result.GetProperty("layer").GetInt32(),
            [.. result.GetProperty("fold_weighted_f1").EnumerateArray().Select(value => value.GetDouble())],
            result.GetProperty("pooled_weighted_f1").GetDouble(),
            result.GetProperty("pooled_uar").GetDouble(),
            result.GetProperty("log_loss").GetDouble()))];
    }

    private sealed record Result(double C, int Layer, double[] FoldWaf, double PooledWaf, double PooledUar, double LogLoss);
}
