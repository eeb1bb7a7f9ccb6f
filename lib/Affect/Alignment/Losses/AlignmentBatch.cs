namespace Affect.Alignment.Losses;

/// <summary>What a loss is given of some clips.</summary>
/// <param name="Visual"><c>[clips, dims]</c>, what is learned of their pictures.</param>
/// <param name="Acoustic"><c>[clips, dims]</c>, their sounds, standardised and frozen; row i belongs to row i.</param>
/// <param name="SameSource"><c>[clips, clips]</c>, Bool: true where two clips may not count as each other's negatives; so on the diagonal.</param>
/// <param name="LogitScale">ln of what cosines are multiplied by, one number: minus the logarithm of the temperature, within its bounds.</param>
public sealed record AlignmentBatch(Tensor Visual, Tensor Acoustic, Tensor SameSource, Tensor LogitScale)
{
    /// <summary><c>[queue, dims]</c>, sounds of further clips; null: none.</summary>
    public Tensor? Queue { get; init; }

    /// <summary><c>[clips, queue]</c>, Bool: as <see cref="SameSource"/>; null: none.</summary>
    public Tensor? SameSourceQueue { get; init; }
}
