namespace Affect.Notebook;

/// <summary>A claim and whether it held, as <see cref="Claim.That(bool, string, string?)"/> shows it.</summary>
public sealed record ClaimOutcome
{
    /// <summary>The claim.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it held.</summary>
    public required bool Passed { get; init; }

    /// <summary>What would make it false; null where the claim does not say.</summary>
    public string? FalseIf { get; init; }

    /// <summary>A tick or a cross, and the claim.</summary>
    public override string ToString() => $"{(Passed ? '✓' : '✗')} {Text}{(FalseIf is null ? "" : $" (false if {FalseIf})")}";
}
