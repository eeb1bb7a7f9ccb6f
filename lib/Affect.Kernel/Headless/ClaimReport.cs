namespace Affect.Kernel.Headless;

/// <summary>A claim that a notebook made, and whether it held.</summary>
/// <param name="Text">What was claimed, with its numbers.</param>
/// <param name="Passed">Whether it held.</param>
public sealed record ClaimReport(string Text, bool Passed);
