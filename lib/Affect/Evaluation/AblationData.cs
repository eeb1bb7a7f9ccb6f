namespace Affect.Evaluation;

/// <summary>What an ablation shows.</summary>
public sealed record AblationData
{
    /// <summary>What the figure asks or states.</summary>
    public required string Title { get; init; }

    /// <summary>The score on the horizontal axis.</summary>
    public Metric Metric { get; init; } = Metric.Waf;

    /// <summary>The variants, from top to bottom.</summary>
    public required IReadOnlyList<AblationRow> Rows { get; init; }

    /// <summary>What the differences are from, by its name; null where there are none.</summary>
    public string? ComparedWith { get; init; }

    /// <summary>The score of guessing.</summary>
    public required double Chance { get; init => field = Require.Between(0.0, 1.0, value); }

    /// <summary>The best scores that these data allow, where they are known (synthetic data); may be empty.</summary>
    public IReadOnlyList<ScoreLevel> Ceilings { get; init; } = [];

    /// <summary>How many clips were scored.</summary>
    public required int Clips { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How many speakers they come from.</summary>
    public required int Speakers { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Whether the clips are synthetic; the title says so.</summary>
    public required bool IsSynthetic { get; init; }
}
