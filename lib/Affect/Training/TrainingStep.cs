namespace Affect.Training;

/// <summary>Where training stands when a loss is asked for.</summary>
public sealed record TrainingStep
{
    /// <summary>The step's number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The epoch's number, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Where in the step's batch the piece begins, for a task that draws the batch as a whole.</summary>
    public int First { get; init; }

    /// <summary>A generator of this piece of this step alone: a run that goes on from a saved state draws what an unbroken one draws.</summary>
    public required SeededRandom Random { get; init; }
}
