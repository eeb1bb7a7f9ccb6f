namespace Affect.Alignment.Losses;

/// <summary>Symmetric InfoNCE with a learned temperature: a clip's own sound against those of other clips.</summary>
public sealed record ContrastiveLoss : AlignmentLoss
{
    /// <summary>How many sounds of other clips stand beside those of the batch as negatives; 0: none.</summary>
    public int Queue { get; init => field = Require.AtLeast(0, value); }

    /// <inheritdoc/>
    public override string Name => "contrastive";

    /// <inheritdoc/>
    public override bool LearnsTemperature => true;

    /// <inheritdoc/>
    public override int QueueSize => Queue;

    /// <inheritdoc/>
    public override Tensor Of(AlignmentBatch batch) =>
        InfoNce.Symmetric(batch.Visual, batch.Acoustic, batch.LogitScale, batch.SameSource, batch.Queue, batch.SameSourceQueue);
}
