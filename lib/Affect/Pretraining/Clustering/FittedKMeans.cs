namespace Affect.Pretraining.Clustering;

/// <summary>Centroids that were found; says which one a point is closest to.</summary>
public sealed class FittedKMeans : IDisposable
{
    // So that the distances of a piece, not of all points, are in memory.
    private const long PointsAtOnce = 1 << 15;

    /// <summary>Takes the centroids over.</summary>
    /// <param name="centroids"><c>[clusters, dims]</c>, float32.</param>
    public FittedKMeans(Tensor centroids)
    {
        ArgumentNullException.ThrowIfNull(centroids);
        centroids.Shape([-1, -1], "[clusters, dims]");
        Centroids = centroids;
    }

    /// <summary><c>[clusters, dims]</c></summary>
    public Tensor Centroids { get; }

    /// <summary>The closest centroid of each point.</summary>
    /// <param name="points"><c>[points, dims]</c></param>
    /// <returns><c>[points]</c>, int64.</returns>
    /// <exception cref="ArgumentException">The points have another number of dimensions than the centroids.</exception>
    public Tensor Assign(Tensor points)
    {
        using var scope = NewDisposeScope();
        return Nearest(points).Labels.MoveToOuterDisposeScope();
    }

    /// <summary>The sum of the points' squared distances to their centroids.</summary>
    /// <inheritdoc cref="Assign"/>
    public double Inertia(Tensor points)
    {
        using var scope = NewDisposeScope();
        return Nearest(points).Distances.sum(ScalarType.Float64).ToDouble();
    }

    /// <summary>Frees the centroids.</summary>
    public void Dispose() => Centroids.Dispose();

    /// <summary>Each point's closest centroid and its squared distance; both <c>[points]</c>.</summary>
    internal (Tensor Labels, Tensor Distances) Nearest(Tensor points)
    {
        ArgumentNullException.ThrowIfNull(points);
        points.Shape([-1, Centroids.shape[1]], "[points, dims]");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (labels, distances) = (new List<Tensor>(), new List<Tensor>());
        for (var first = 0L; first < points.shape[0]; first += PointsAtOnce)
        {
            using var inner = NewDisposeScope();
            var piece = points.narrow(0, first, Math.Min(PointsAtOnce, points.shape[0] - first));
            var (distance, label) = SquaredDistances(piece, Centroids).min(1);
            labels.Add(label.MoveToOuterDisposeScope());
            distances.Add(distance.MoveToOuterDisposeScope());
        }
        return (Guarded.Join(labels, 0).MoveToOuterDisposeScope(), Guarded.Join(distances, 0).MoveToOuterDisposeScope());
    }

    /// <summary><c>‖x‖² − 2 x·c + ‖c‖²</c> for all pairs, <c>[points, others]</c>.</summary>
    internal static Tensor SquaredDistances(Tensor points, Tensor others)
    {
        using var scope = NewDisposeScope();
        var (own, other) = (points.pow(2).sum(new long[] { 1 }, keepdim: true), others.pow(2).sum(new long[] { 1 }));
        return (own + other - points.mm(others.t()) * 2.0).clamp_min(0).MoveToOuterDisposeScope();
    }
}
