namespace Affect.Training;

/// <summary>What a batch, or a piece of one, gave.</summary>
/// <param name="Loss">A scalar with gradients: the mean over the items.</param>
public sealed record StepLoss(Tensor Loss)
{
    /// <summary>Numbers for the record, each a mean over the items, as in <c>ce</c> or <c>accuracy</c>.</summary>
    public IReadOnlyDictionary<string, double> Parts { get; init; } = ReadOnlyDictionary<string, double>.Empty;
}
