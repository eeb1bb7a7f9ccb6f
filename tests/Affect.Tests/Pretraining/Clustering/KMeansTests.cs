namespace Affect.Tests.Pretraining.Clustering;

public sealed class KMeansTests
{
    [Fact]
    public void Clouds_that_lie_apart_are_found()
    {
        using var scope = NewDisposeScope();
        var middles = tensor(new float[] { 0, 0, 10, 0, 0, 10, 10, 10 }, new long[] { 4, 2 });
        var points = middles.repeat(50, 1) + randn([200, 2], generator: new Generator(3)) * 0.5;
        using var fitted = KMeans.Fit(points, new KMeansConfig { Clusters = 4 });
        var labels = fitted.Assign(points).data<long>().ToArray();
        Assert.Equal(4, labels.Distinct().Count());
        for (var point = 4; point < labels.Length; point++) Assert.Equal(labels[point % 4], labels[point]);
    }

    [Fact]
    public void Each_centroid_is_the_mean_of_the_points_that_are_closest_to_it()
    {
        using var scope = NewDisposeScope();
        var points = Cloud(3000, 5);
        using var fitted = KMeans.Fit(points, new KMeansConfig { Clusters = 12, Passes = 500, Tolerance = 0, Restarts = 1 });
        var labels = fitted.Assign(points);
        for (var cluster = 0; cluster < 12; cluster++)
        {
            var members = points[labels.eq(cluster)];
            Assert.True(members.shape[0] > 0);
            Assert.True(members.mean([0]).allclose(fitted.Centroids[cluster], rtol: 1e-3, atol: 1e-4), $"centroid {cluster} is not its members' mean");
        }
        var distances = cdist(points, fitted.Centroids);
        Assert.Equal(distances.argmin(1).data<long>().ToArray(), labels.data<long>().ToArray());
        Assert.Equal(distances.amin([1]).pow(2).sum().ToDouble(), fitted.Inertia(points), 1e-1);
    }

    [Fact]
    public void More_clusters_lie_closer_and_the_seed_decides()
    {
        using var scope = NewDisposeScope();
        var points = Cloud(2000, 3);
        double Inertia(int clusters, int seed, out float[] centroids)
        {
            using var fitted = KMeans.Fit(points, new KMeansConfig { Clusters = clusters, Seed = seed });
            centroids = fitted.Centroids.data<float>().ToArray();
            return fitted.Inertia(points);
        }
        var inertia = new[] { 2, 4, 8, 16 }.Select(clusters => Inertia(clusters, 1, out _)).ToArray();
        Assert.Equal(inertia.OrderDescending(), inertia);
        Inertia(8, 5, out var first);
        Inertia(8, 5, out var again);
        Inertia(8, 6, out var other);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void Points_that_coincide_leave_no_centroid_that_is_not_a_number()
    {
        using var scope = NewDisposeScope();
        var points = tensor(new float[] { 1, 2, 3 }).repeat(20).unsqueeze(1);
        using var fitted = KMeans.Fit(points, new KMeansConfig { Clusters = 8 });
        Assert.True(fitted.Centroids.isfinite().all().ToBoolean());
        Assert.Equal(0, fitted.Inertia(points), 1e-6);
    }

    [Fact]
    public void What_cannot_be_divided_is_refused()
    {
        using var scope = NewDisposeScope();
        var few = Assert.Throws<ArgumentException>(() => KMeans.Fit(zeros(3, 2), new KMeansConfig { Clusters = 4 }));
        Assert.StartsWith("points must be at least as many as the 4 clusters, but are 3.", few.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KMeans.Fit(full(10, 2, float.NaN), new KMeansConfig { Clusters = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KMeansConfig { Clusters = 1 });
        using var fitted = KMeans.Fit(Cloud(50, 2), new KMeansConfig { Clusters = 2 });
        Assert.Throws<ArgumentException>(() => fitted.Assign(zeros(5, 3)));
    }

    [Fact]
    public void Nothing_stays_behind()
    {
        using var scope = NewDisposeScope();
        var points = Cloud(300, 3);
        KMeans.Fit(points, new KMeansConfig { Clusters = 4 }).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var time = 0; time < 3; time++) KMeans.Fit(points, new KMeansConfig { Clusters = 4 }).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Tensor Cloud(int points, int dims) => randn([points, dims], generator: new Generator(7));
}
