namespace Affect.Evaluation;

/// <summary>A score without an interval that is drawn as a line: it is computed, not measured.</summary>
/// <param name="Name">What it is, as in <c>ceiling of the voice</c>.</param>
/// <param name="Value">The score, 0 to 1.</param>
public sealed record ScoreLevel(string Name, double Value);
