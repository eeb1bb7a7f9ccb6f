namespace Affect.Alignment.Losses;

/// <summary>
/// As <see cref="ContrastiveLoss"/>, but what each clip's pictures are to point at is not its own sound alone: it is the softmax of that sound's similarities
/// to all sounds of the batch, so that clips that sound alike, as of one emotion, are not each other's negatives.
/// </summary>
public sealed record SoftContrastiveLoss : AlignmentLoss
{
    /// <summary>What the sounds' own cosines are divided by to make the targets.</summary>
    public double TargetTemperature { get; init => field = Require.Between(0.001, 10, value); } = 0.1;

    /// <inheritdoc/>
    public override string Name => "soft";

    /// <inheritdoc/>
    public override bool LearnsTemperature => true;

    /// <inheritdoc/>
    public override Tensor Of(AlignmentBatch batch) => InfoNce.Soft(batch.Visual, batch.Acoustic, batch.LogitScale, TargetTemperature, batch.SameSource);
}
