namespace Affect.Training;

/// <summary>What one step measured.</summary>
public sealed record StepRecord
{
    /// <summary>The step's number, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The epoch's number, from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>The mean loss over the batch.</summary>
    public required double Loss { get; init; }

    /// <summary>The means of the loss's parts.</summary>
    public IReadOnlyDictionary<string, double> Parts { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The length of the gradient of all parameters together, before it was clipped.</summary>
    public double GradientNorm { get; init; }

    /// <summary>The learning rate.</summary>
    public double Rate { get; init; }
}
