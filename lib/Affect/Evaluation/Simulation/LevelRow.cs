namespace Affect.Evaluation.Simulation;

/// <summary>How often an answer is wrong at a nominal 5 %.</summary>
public sealed record LevelRow
{
    /// <summary>The case.</summary>
    public required LevelCase Case { get; init; }

    /// <summary>How many speakers.</summary>
    public required int Speakers { get; init; }

    /// <summary>How many worlds were drawn.</summary>
    public required int Repeats { get; init; }

    /// <summary>The share of them with a wrong answer, 0 … 1.</summary>
    public required double Level { get; init; }
}
