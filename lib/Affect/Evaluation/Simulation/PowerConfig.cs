namespace Affect.Evaluation.Simulation;

/// <summary>How it is asked which difference a corpus can tell.</summary>
public sealed record PowerConfig
{
    /// <summary>The world: its speakers' clips, its systems' accuracy, spreads and agreement.</summary>
    public required SimulatedWorld World { get; init; }

    /// <summary>How many runs (seeds) each system has.</summary>
    public int Runs { get; init => field = Require.AtLeast(1, value); } = 3;

    /// <summary>The score.</summary>
    public Metric Metric { get; init; } = Metric.Waf;

    /// <summary>The true differences to try, ascending, above 0.</summary>
    public IReadOnlyList<double> Differences { get; init => field = Require.NotEmpty(value); } = [0.02, 0.03, 0.04, 0.05, 0.06, 0.08];

    /// <summary>How many worlds are drawn for each difference.</summary>
    public int Repeats { get; init => field = Require.AtLeast(10, value); } = 1000;

    /// <summary>Seeds the draws.</summary>
    public int Seed { get; init; } = 1;
}
