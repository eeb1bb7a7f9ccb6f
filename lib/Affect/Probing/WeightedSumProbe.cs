namespace Affect.Probing;

/// <summary>Trains, fold by fold, a weighted sum of all layers together with a linear head on it.</summary>
/// <remarks>
/// As in SUPERB (Yang et al., arXiv:2105.01051, section 2): one weight per layer, softmax over the layers, all equal at the start. Different
/// here: on cached pooled features (a sum over layers and a mean over time commute), each layer standardised on the training clips, the
/// head penalised like the layers' own probes, trained to convergence on all clips at once. A fold takes the C that the layer with the
/// highest inner score has chosen, which saw training clips only.
/// </remarks>
internal static class WeightedSumProbe
{
    internal static WeightedSumScore Run(
        ProbeTask task, float[] features, ProbeReport report, Device device, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var shape = new long[] { task.Features.ClipIds.Count, task.Features.Layers, task.Features.Dims };
        var decided = new int[task.Labels.Count];
        var weights = new double[task.Folds.Count][];
        var penalties = new double[task.Folds.Count];
        using var scope = NewDisposeScope();
        var all = tensor(features, shape);
        var (gate, done) = (new Lock(), 0);
        Workers.Run(task.Folds.Count, device, f =>
        {
            using var inner = NewDisposeScope();
            var fold = task.Folds[f];
            penalties[f] = report.PenaltyOfBestLayer(f);
            var labels = tensor(fold.Train.Select(clip => (long)task.Labels[clip]).ToArray(), dtype: int64).to(device);
            var (train, held) = Standardise(Rows(all, fold.Train, device), Rows(all, fold.Held, device));
            var objective = new WeightedSumObjective(train, labels, task.Emotions.Count, penalties[f]);
            var parameters = objective.Minimise(cancel);
            weights[f] = [.. objective.LayerWeights(parameters).cpu().data<float>().ToArray().Select(weight => (double)weight)];
            var predicted = objective.Logits(parameters, held).argmax(1).cpu().data<long>().ToArray();
            for (var place = 0; place < predicted.Length; place++) decided[fold.Held[place]] = (int)predicted[place];
            lock (gate) progress?.Report(new WorkProgress("Weighting layers", ++done, task.Folds.Count, "folds"));
        });
        int[] answers = [.. task.Held.Select(clip => decided[clip])];
        return new WeightedSumScore
        {
            Weights = [.. Enumerable.Range(0, task.Features.Layers).Select(layer => weights.Average(fold => fold[layer]))],
            FoldWeights = weights,
            Waf = report.Interval(answers, Metric.Waf),
            Uar = report.Interval(answers, Metric.Uar),
            Accuracy = report.Interval(answers, Metric.Accuracy),
            Folds = report.Folds(answers, fold => penalties[fold]),
            Predicted = answers,
        };
    }

    // [layers, clips, dims]
    private static Tensor Rows(Tensor all, IReadOnlyList<int> clips, Device device) =>
        all.index_select(0, tensor(clips.Select(clip => (long)clip).ToArray(), dtype: int64)).transpose(0, 1).contiguous().to(device);

    private static (Tensor Train, Tensor Held) Standardise(Tensor train, Tensor held)
    {
        var first = train.narrow(1, 0, 1).clone(); // as in FoldDesign: constants become exactly 0
        train.sub_(first);
        var mean = train.mean(new long[] { 1 }, keepdim: true);
        train.sub_(mean);
        var variance = train.square().mean(new long[] { 1 }, keepdim: true);
        var scale = where(variance.gt(0), variance.rsqrt(), ones_like(variance));
        return (train.mul_(scale), held.sub_(first).sub_(mean).mul_(scale));
    }
}
