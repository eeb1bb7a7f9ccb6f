namespace Affect.Notebook.Figures;

/// <summary>One system's scores, each with its interval: of every emotion, or with every set of modalities.</summary>
/// <param name="Name">The system, as in <c>with modality dropout</c>.</param>
/// <param name="Scores">In the order of the figure.</param>
public sealed record ScoreSeries(string Name, IReadOnlyList<Interval> Scores);
