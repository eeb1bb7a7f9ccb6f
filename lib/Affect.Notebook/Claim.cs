namespace Affect.Notebook;

/// <summary>Statements of a notebook that are checked where they stand, so that prose cannot go stale.</summary>
public static class Claim
{
    /// <summary>Shows a statement with a tick, or with a cross and then throws.</summary>
    /// <param name="passed">Whether it holds.</param>
    /// <param name="text">The statement, with the numbers it rests on.</param>
    /// <exception cref="ClaimFailedException">It does not hold.</exception>
    public static void That(bool passed, ClaimText text) => That(passed, text.ToStringAndClear());

    /// <inheritdoc cref="That(bool, ClaimText)"/>
    public static void That(bool passed, string text)
    {
        Check(passed, text);
        if (!passed) throw new ClaimFailedException(text);
    }

    /// <summary>
    /// Shows a statement with a tick or a cross, and goes on either way: for what another corpus or another encoder may answer differently. A report
    /// counts it like any other claim.
    /// </summary>
    /// <param name="passed">Whether it holds.</param>
    /// <param name="text">The statement, with the numbers it rests on.</param>
    public static void Check(bool passed, ClaimText text) => Check(passed, text.ToStringAndClear());

    /// <inheritdoc cref="Check(bool, ClaimText)"/>
    public static void Check(bool passed, string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        new ClaimOutcome { Text = text, Passed = passed }.Display();
    }
}
