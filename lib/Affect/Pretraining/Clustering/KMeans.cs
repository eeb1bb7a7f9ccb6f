namespace Affect.Pretraining.Clustering;

/// <summary>Divides points into clusters around centroids (k-means), all points at once in tensors.</summary>
/// <remarks>
/// <para>Lloyd, <em>Least squares quantization in PCM</em>, 1982; starts by Arthur and Vassilvitskii, <em>k-means++</em>, SODA 2007, each centroid the best
/// of 2 + ln k draws as scikit-learn does it.</para>
/// <para>Difference from HuBERT's recipe (arXiv:2106.07447, section IV.A, mini-batches and 20 starts): all sampled points at once and fewer starts.</para>
/// </remarks>
public static class KMeans
{
    /// <summary>Finds centroids.</summary>
    /// <param name="points"><c>[points, dims]</c>, floating point, at least as many as clusters.</param>
    /// <param name="config">The defaults where left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The centroids, the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">There are fewer points than clusters, or a point is not a number.</exception>
    public static FittedKMeans Fit(Tensor points, KMeansConfig? config = null, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentNullException.ThrowIfNull(points);
        config ??= new KMeansConfig();
        points.Shape([-1, -1], "[points, dims]");
        if (points.shape[0] < config.Clusters)
            throw new ArgumentException($"points must be at least as many as the {config.Clusters} clusters, but are {points.shape[0]}.", nameof(points));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var random = new SeededRandom(config.Seed, "k-means");
        var sample = Sample(points.to(ScalarType.Float32), config.SamplePoints, random);
        if (!sample.isfinite().all().ToBoolean()) throw new ArgumentException("points must be finite, but hold values that are not numbers or infinite.", nameof(points));
        // Distances from the middle of the cloud lose fewer digits.
        var middle = sample.mean(new long[] { 0 }, keepdim: true);
        var centred = sample - middle;
        Tensor? best = null;
        var least = double.PositiveInfinity;
        for (var attempt = 0; attempt < config.Restarts; attempt++)
        {
            var centroids = Lloyd(centred, Start(centred, config.Clusters, random), config, cancellation);
            using var fitted = new FittedKMeans(centroids.clone());
            var inertia = fitted.Inertia(centred);
            if (inertia < least) (best, least) = (centroids, inertia);
        }
        return new FittedKMeans((best! + middle).DetachFromDisposeScope());
    }

    private static Tensor Sample(Tensor points, int most, SeededRandom random)
    {
        var count = (int)points.shape[0];
        if (count <= most) return points;
        var order = Enumerable.Range(0, count).Select(index => (long)index).ToArray();
        random.Shuffle(order.AsSpan());
        return points.index_select(0, tensor(order[..most], dtype: ScalarType.Int64, device: points.device));
    }

    // Each new centroid is a point drawn by its squared distance from those before.
    private static Tensor Start(Tensor points, int clusters, SeededRandom random)
    {
        using var scope = NewDisposeScope();
        var draws = 2 + (int)Math.Log(clusters);
        var chosen = new List<Tensor> { points.narrow(0, random.Below((int)points.shape[0]), 1) };
        var distances = FittedKMeans.SquaredDistances(points, chosen[0]).squeeze(1);                       // [points]
        while (chosen.Count < clusters)
        {
            Interruption.Check();
            using var inner = NewDisposeScope();
            var cumulated = distances.to(ScalarType.Float64).cumsum(0);
            var total = cumulated[-1].ToDouble();
            var wanted = Enumerable.Range(0, draws).Select(_ => random.NextDouble() * total).ToArray();
            var drawn = searchsorted(cumulated, tensor(wanted, dtype: ScalarType.Float64, device: points.device), right: true).clamp(0, points.shape[0] - 1);
            var candidates = points.index_select(0, drawn);                                                // [draws, dims]
            var closer = FittedKMeans.SquaredDistances(points, candidates).minimum(distances.unsqueeze(1)); // [points, draws]
            var winner = closer.sum(0, type: ScalarType.Float64).argsort()[0].ToInt64();
            chosen.Add(candidates.narrow(0, winner, 1).clone().MoveToOuterDisposeScope());
            var next = closer.select(1, winner).contiguous();
            distances.copy_(next);
        }
        return Guarded.Join(chosen, 0).MoveToOuterDisposeScope();
    }

    private static Tensor Lloyd(Tensor points, Tensor start, KMeansConfig config, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var centroids = start.clone();
        var enough = config.Tolerance * points.pow(2).mean(new long[] { 0 }).sum().ToDouble();
        for (var pass = 0; pass < config.Passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var next = Means(points, centroids);
            var moved = (next - centroids).pow(2).sum().ToDouble();
            centroids.copy_(next);
            if (moved <= enough) break;
        }
        return centroids.MoveToOuterDisposeScope();
    }

    // The means of the points that are closest to each centroid; a centroid without points goes to the point that is farthest from its own.
    private static Tensor Means(Tensor points, Tensor centroids)
    {
        using var fitted = new FittedKMeans(centroids.alias());
        var (labels, distances) = fitted.Nearest(points);
        var clusters = centroids.shape[0];
        var counts = bincount(labels, minlength: clusters).to(ScalarType.Float32).unsqueeze(1);            // [clusters, 1]
        var means = zeros_like(centroids).index_add(0, labels, points, 1) / counts.clamp_min(1);
        var empty = counts.squeeze(1).eq(0).nonzero().squeeze(1);
        if (empty.shape[0] == 0) return means;
        var (_, farthest) = distances.topk((int)empty.shape[0]);
        return means.index_copy(0, empty, points.index_select(0, farthest));
    }
}
