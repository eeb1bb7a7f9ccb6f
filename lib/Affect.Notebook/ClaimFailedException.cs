namespace Affect.Notebook;

/// <summary>A claim of a notebook does not hold.</summary>
/// <param name="claim">The claim's text.</param>
public sealed class ClaimFailedException(string claim) : Exception($"The claim does not hold: {claim}")
{
    /// <summary>The claim's text.</summary>
    public string Claim { get; } = claim;
}
