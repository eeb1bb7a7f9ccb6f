namespace Affect.Notebook.Figures;

/// <summary>One system's score of every emotion.</summary>
/// <param name="Name">The system.</param>
/// <param name="Scores">One per emotion, with intervals.</param>
public sealed record ClassScoreSeries(string Name, IReadOnlyList<Interval> Scores)
{
    /// <summary>F1 by emotion of what was decided, all runs taken together.</summary>
    /// <param name="name">The system.</param>
    /// <param name="runs">The runs, as of several seeds, on the same clips.</param>
    public static ClassScoreSeries Of(string name, IReadOnlyList<Decisions> runs) => new(name, Decisions.F1(runs));
}
