namespace Affect.Evaluation;

/// <summary>How intervals are drawn by resampling speakers.</summary>
public sealed record BootstrapConfig
{
    /// <summary>How many times the speakers are drawn anew; at least 1.</summary>
    public int Resamples { get; init => field = Require.AtLeast(1, value); } = 2000;

    /// <summary>The share of resamples that lies inside the interval, 0.5 … 0.999.</summary>
    public double Level { get; init => field = Require.Between(0.5, 0.999, value); } = 0.95;

    /// <summary>Same seed, same draws.</summary>
    public int Seed { get; init; } = 1;
}
