namespace Affect.Notebook;

/// <summary>A claim and whether it held, as <see cref="Claim.That(bool, string)"/> shows it.</summary>
public sealed record ClaimOutcome
{
    /// <summary>The claim.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it held.</summary>
    public required bool Passed { get; init; }

    /// <summary>A tick or a cross, and the claim.</summary>
    public override string ToString() => $"{(Passed ? '✓' : '✗')} {Text}";
}
