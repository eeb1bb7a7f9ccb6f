namespace Affect.Pretraining.Hubert;

/// <summary>Makes an iteration's units: features of every frame, clusters of the features, and the cluster of every frame.</summary>
internal sealed class UnitMaker(HubertPretrainingConfig config, PretrainingSpeech speech, IProgress<WorkProgress>? progress)
{
    /// <summary>The code books of an iteration.</summary>
    /// <param name="iteration">1 or more.</param>
    /// <param name="previous">The model of the iteration before; null in the first.</param>
    /// <param name="cancellation">Ends the work.</param>
    internal CodeBook[] Make(int iteration, HubertModel? previous, CancellationToken cancellation)
    {
        var layer = config.HiddenLayer ?? config.Model.Layers / 2;
        var content = previous is null
            ? Cluster("MFCC", config.MfccClusters, waveform => FrameFeatures.Mfcc(waveform), standardises: false, iteration, cancellation)
            : Cluster(
                FormattableString.Invariant($"layer {layer}"), config.HiddenClusters, waveform => FrameFeatures.Hidden(previous, waveform, layer), standardises: false, iteration, cancellation);
        return config.Units == UnitSets.Content
            ? [content]
            : [content, Cluster("prosody", config.ProsodyClusters, FrameFeatures.Prosody, standardises: true, iteration, cancellation)];
    }

    private CodeBook Cluster(string name, int clusters, Func<Tensor, Tensor> features, bool standardises, int iteration, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var rows = new List<Tensor>();
        for (var clip = 0; clip < speech.Count; clip++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            rows.Add(features(speech.Waveform(clip)).narrow(0, 0, speech.Frames[clip]).MoveToOuterDisposeScope());
            progress?.Report(new WorkProgress($"Units of {name}", clip + 1, speech.Count));
        }
        var all = Guarded.Join(rows, 0);                                                                            // [frames, dims]
        foreach (var row in rows) row.Dispose();
        if (standardises) all = (all - all.mean(new long[] { 0 }, keepdim: true)) / all.std(0, keepdim: true).clamp_min(1e-6);
        using var fitted = KMeans.Fit(all, new KMeansConfig { Clusters = clusters, Seed = config.Seed * 100 + iteration }, cancellation);
        return new CodeBook(name, clusters, fitted.Assign(all).to(ScalarType.Int16).data<short>().ToArray());
    }
}
