namespace Affect.Notebook.Figures;

/// <summary>One trained model under missing modalities.</summary>
/// <param name="Name">What was trained, as in <c>with modality dropout</c>.</param>
/// <param name="Scores">Its score with each set of modalities present, in the order of the columns.</param>
public sealed record MissingModalityRow(string Name, IReadOnlyList<Interval> Scores);
