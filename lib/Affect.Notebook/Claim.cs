namespace Affect.Notebook;

/// <summary>Statements of a notebook that are checked where they stand, so that prose cannot go stale.</summary>
public static class Claim
{
    /// <summary>Shows a statement with a tick, or with a cross and then throws.</summary>
    /// <param name="passed">Whether it holds.</param>
    /// <param name="text">The statement, with the numbers it rests on.</param>
    /// <param name="falseIf">What would make it false, as in <c>the interval held zero</c>: a claim that nothing could make false says nothing. Null: not said.</param>
    /// <exception cref="ClaimFailedException">It does not hold.</exception>
    public static void That(bool passed, ClaimText text, string? falseIf = null) => That(passed, text.ToStringAndClear(), falseIf);

    /// <inheritdoc cref="That(bool, ClaimText, string?)"/>
    public static void That(bool passed, string text, string? falseIf = null)
    {
        Check(passed, text, falseIf);
        if (!passed) throw new ClaimFailedException(text);
    }

    /// <summary>
    /// Shows a statement with a tick or a cross, and goes on either way: for what another corpus or another encoder may answer differently. A report
    /// counts it like any other claim.
    /// </summary>
    /// <param name="passed">Whether it holds.</param>
    /// <param name="text">The statement, with the numbers it rests on.</param>
    /// <param name="falseIf">What would make it false, as in <c>the interval held zero</c>; null: not said.</param>
    /// <param name="tooFew">Whether there are too few clips to claim anything, as in a quick run: the numbers are then shown as they are.</param>
    public static void Check(bool passed, ClaimText text, string? falseIf = null, bool tooFew = false) => Check(passed, text.ToStringAndClear(), falseIf, tooFew);

    /// <inheritdoc cref="Check(bool, ClaimText, string?, bool)"/>
    public static void Check(bool passed, string text, string? falseIf = null, bool tooFew = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (tooFew) $"Too few clips for a claim: {text}".Display();
        else new ClaimOutcome { Text = text, Passed = passed, FalseIf = falseIf }.Display();
    }
}
