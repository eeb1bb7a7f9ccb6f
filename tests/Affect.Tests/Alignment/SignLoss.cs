namespace Affect.Tests.Alignment;

/// <summary>A loss as a researcher might write it in a cell: each number of the sound is told by its sign and a margin.</summary>
public sealed record SignLoss : AlignmentLoss
{
    public double Margin { get; init; } = 1;

    public override Tensor Of(AlignmentBatch batch) => (Margin - batch.Visual * batch.Acoustic.sign()).clamp_min(0).mean();
}
