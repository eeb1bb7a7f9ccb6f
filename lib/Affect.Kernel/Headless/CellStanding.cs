namespace Affect.Kernel.Headless;

/// <summary>The cell that a run is in: what tells a machine that is slow from a cell that hangs.</summary>
/// <param name="Notebook">The notebook's name, without its folder.</param>
/// <param name="Number">The cell's place among all cells, from 1.</param>
/// <param name="Cells">How many cells there are.</param>
/// <param name="Done">How many code cells have ended.</param>
/// <param name="Total">Of how many.</param>
/// <param name="Code">Its first line.</param>
/// <param name="Since">When it began.</param>
public sealed record CellStanding(string Notebook, int Number, int Cells, int Done, int Total, string Code, DateTimeOffset Since)
{
    /// <summary>The last line that it has printed or shown; empty where none.</summary>
    public string Said { get; init; } = "";

    internal OutputRecorder? Recorder { get; init; }
}
