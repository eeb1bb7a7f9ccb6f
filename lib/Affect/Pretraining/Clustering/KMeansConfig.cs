namespace Affect.Pretraining.Clustering;

/// <summary>How points are divided into clusters.</summary>
public sealed record KMeansConfig
{
    /// <summary>k, how many clusters; at least 2.</summary>
    public int Clusters { get; init => field = Require.AtLeast(2, value); } = 50;

    /// <summary>The most passes over the points.</summary>
    public int Passes { get; init => field = Require.AtLeast(1, value); } = 60;

    /// <summary>How many times to start anew; the attempt whose points lie closest to their centroids is kept.</summary>
    public int Restarts { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>At most so many points, drawn at random, decide the centroids.</summary>
    public int SamplePoints { get; init => field = Require.AtLeast(2, value); } = 40_000;

    /// <summary>An attempt ends when the centroids move, squared and summed, less than this share of the points' variance.</summary>
    public double Tolerance { get; init => field = Require.Between(0, 1, value); } = 1e-4;

    /// <summary>Decides the sample and the starts.</summary>
    public int Seed { get; init; } = 1;
}
