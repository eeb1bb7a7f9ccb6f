namespace Affect.Kernel.Headless;

/// <summary>How one code cell of a notebook ran.</summary>
/// <param name="Number">Its place among all cells of the executed notebook, from 1.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record CellReport(int Number, CellOutcome Outcome);
