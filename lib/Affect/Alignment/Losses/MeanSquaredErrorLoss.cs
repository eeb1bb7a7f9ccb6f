namespace Affect.Alignment.Losses;

/// <summary>The mean squared difference to the standardised sound; no other clip plays a part.</summary>
public sealed record MeanSquaredErrorLoss : AlignmentLoss
{
    /// <inheritdoc/>
    public override string Name => "mse";

    /// <inheritdoc/>
    public override Tensor Of(AlignmentBatch batch) => (batch.Visual - batch.Acoustic).square().mean();
}
