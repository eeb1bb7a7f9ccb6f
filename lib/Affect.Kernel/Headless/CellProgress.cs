namespace Affect.Kernel.Headless;

/// <summary>How far a run has come.</summary>
/// <param name="Notebook">The notebook's name, without its folder.</param>
/// <param name="Done">How many code cells have ended.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Next">The first line of the cell that begins now; empty when none does.</param>
public readonly record struct CellProgress(string Notebook, int Done, int Total, string Next);
