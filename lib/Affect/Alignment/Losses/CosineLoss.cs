namespace Affect.Alignment.Losses;

/// <summary><c>1 − cos(v, a)</c>; no other clip plays a part.</summary>
public sealed record CosineLoss : AlignmentLoss
{
    /// <inheritdoc/>
    public override string Name => "cosine";

    /// <inheritdoc/>
    public override Tensor Of(AlignmentBatch batch) => 1 - (InfoNce.Unit(batch.Visual) * InfoNce.Unit(batch.Acoustic)).sum(new long[] { 1 }).mean();
}
